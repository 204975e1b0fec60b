"""What counts as the same, in real names of three languages; each comparison is the same either way round."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from engine.schema.field_types.person_name import Name
from engine.schema.matching_compiler import match_kinds

KINDS = match_kinds()
SAME = [
    ("company", "华为技术有限公司", "华为技术"),
    ("company", "深圳市腾讯计算机系统有限公司", "腾讯计算机系统"),
    ("company", "阿里巴巴集团控股有限公司", "Alibaba Group"),
    ("company", "阿里巴巴（中国）有限公司", "阿里巴巴"),
    ("company", "小米", "Xiaomi Corp."),
    ("company", "上海蘑菇科技有限公司", "蘑菇科技（上海）有限公司"),
    ("company", "中国平安保险（集团）股份有限公司", "平安保险"),
    ("company", "比亚迪股份有限公司", "BiYaDi"),
    ("company", "株式会社リコー", "リコー"),
    ("company", "Müller & Söhne GmbH & Co. KG", "Mueller und Soehne"),
    ("company", "Müller AG", "Muller"),
    ("company", "Robert Bosch GmbH", "BOSCH, Robert"),
    ("company", "Bayerische Motoren Werke Aktiengesellschaft AG", "Bayerische Motoren-Werke Aktiengesellschaft"),
    ("company", "L'Oréal S.A.", "Loreal"),
    ("company", "Barilla G. e R. Fratelli S.p.A.", "Barilla G e R Fratelli"),
    ("company", "The Hartford Company, Inc.", "Hartford"),
    ("company", "Procter & Gamble Co.", "Procter and Gamble"),
    ("company", "Infosys Pvt. Ltd.", "infosys limited"),
    ("company", "Petronas Sdn. Bhd.", "PETRONAS"),
    ("company", "ＡＣＭＥ　Ｌｔｄ", "Acme"),
    ("company", "Larkfeld Robotics", "Larkfield Robotics LLC"),
    ("person", "张伟", "Zhang Wei"),
    ("person", "张伟", "Wei ZHANG"),
    ("person", "张伟先生", "张 伟"),
    ("person", "欧阳小明", "Xiaoming Ouyang"),
    ("person", "欧阳小明", "Ouyang Xiao Ming"),
    ("person", "曾国藩", "Zeng Guofan"),
    ("person", "吕布", "Lü Bu"),
    ("person", "单雄信", "Shan Xiongxin"),
    ("person", "Lovelace, Ada", "Ada Lovelace"),
    ("person", "Dr. Jürgen Groß", "Juergen Gross"),
    ("person", "Jon Smith", "John Smith"),
    ("person", "Seán O'Neill", "ONeill, Sean"),
    ("person", "Anne-Marie Dupont", "Anne Marie Dupont"),
    ("person", "Nguyễn Văn An", "Nguyen Van An"),
    ("email", "Ann@Example.com", "ann@example.com"),
    ("phone", "+8613800138000", "+8613800138000;ext=12"),
    ("domain", "https://www.larkfield.co.uk/about", "Ann@mail.larkfield.co.uk"),
    ("domain", "https://www.ann.github.io/", "ann.github.io"),
    ("domain", "larkfield.cn", "https://shop.larkfield.cn:8443"),
    ("domain", "ann@163.larkfield.com", "larkfield.com"),
    ("text", " ＡＢ  12", "ab 12"),
    ("exact", 17, 17),
    ("similar", "Water pump, large", "Large water pump"),
]
OTHER = [
    ("company", "上海银行", "北京银行"),
    ("company", "北京大学", "南京大学"),
    ("company", "华为技术有限公司", "中兴通讯股份有限公司"),
    ("company", "Studio 54 Ltd", "Studio 55 Ltd"),
    ("company", "Group Holding Ltd", "The Company Inc"),
    ("company", "Deutsche Bank AG", "Deutsche Post AG"),
    ("person", "张伟", "章伟"),
    ("person", "张伟", "张维"),
    ("person", "王芳", "Wang Fei"),
    ("person", "Anna Schmidt", "Hans Schmidt"),
    ("person", "Ada King", "Ada Lovelace"),
    ("email", "ann+news@example.com", "ann@example.com"),
    ("domain", "ann@gmail.com", "ben@gmail.com"),
    ("domain", "a@qq.com", "b@qq.com"),
    ("domain", "https://ann.github.io", "https://ben.github.io"),
    ("domain", "https://de.linkedin.com/a", "https://de.linkedin.com/b"),
    ("domain", "https://163.com", "x@163.com"),
    ("domain", "https://www.linkedin.com/company/a", "https://www.linkedin.com/company/b"),
    ("phone", "+8613800138000", "+8613800138001"),
    ("text", "AB 12", "AB 13"),
    ("exact", 17, 71),
]


@pytest.mark.parametrize(("kind", "one", "other"), SAME)
def test_the_same_is_found_by_a_key_and_judged_alike(kind: str, one: str, other: str) -> None:
    found = KINDS[kind]
    assert set(found.keys(one)) & set(found.keys(other))
    assert found.likeness(one, other) >= found.at_least


@pytest.mark.parametrize(("kind", "one", "other"), OTHER)
def test_others_are_told_apart(kind: str, one: str, other: str) -> None:
    assert KINDS[kind].likeness(one, other) < KINDS[kind].at_least


def test_a_name_in_parts_is_the_name_in_one_line() -> None:
    person = KINDS["person"]
    assert person.likeness(Name("欧阳", "小明"), Name("Ouyang", "Xiaoming")) == 100
    assert person.keys(Name("Lovelace", "Ada")) == person.keys("Ada Lovelace")


def test_a_tag_is_ignored_where_it_is_asked_for() -> None:
    assert KINDS["email"].keys("Ann+news@x.org", ignore_tag=True) == ("ann@x.org",)
    assert KINDS["email"].keys("+a@x.org", ignore_tag=True) == ("+a@x.org",)


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_the_same_either_way_round(kind: str, one: str, other: str) -> None:
    found = KINDS[kind]
    assert found.likeness(one, other) == found.likeness(other, one)
    assert 0 <= found.likeness(one, other) <= 100
    assert found.likeness(one, one) == (100 if found.keys(one) else 0)
