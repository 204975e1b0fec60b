"""What belongs to what in China."""

from __future__ import annotations

import pytest

from engine.locale.china import LEVELS, Misplaced, offers, provinces, settle
from engine.locale.countries import country_code


def test_every_region_has_a_code_that_its_parent_begins() -> None:
    cities = [(top, middle) for top in provinces() for middle in top.parts]
    districts = [(middle, last) for _, middle in cities for last in middle.parts]
    assert (len(provinces()), len(cities), len(districts)) == (34, 369, 3024)
    assert [last.name for middle, last in districts if last.code[:2] != middle.code[:2]] == []
    assert [middle.name for top, middle in cities if not middle.code.startswith(top.code)] == []


@pytest.mark.parametrize(
    ("typed", "settled"),
    [
        (("广东", "深圳", "南山"), ("广东省", "深圳市", "南山区")),
        (("北京", "", "朝阳"), ("北京市", "北京市", "朝阳区")),
        (("重庆市", "县", "云阳县"), ("重庆市", "重庆市", "云阳县")),
        (("上海市", "浦东新区", ""), ("上海市", "上海市", "浦东新区")),
        (("", "杭州市", "西湖区"), ("浙江省", "杭州市", "西湖区")),
        (("湖北", "仙桃", "沙嘴街道"), ("湖北省", "仙桃市", "沙嘴街道")),
        (("广东省", "", "南山区"), ("广东省", "深圳市", "南山区")),
        (("浙江省", "杭州市", "明日区"), ("浙江省", "杭州市", "明日区")),
        (("香港特别行政区", "", "中西区"), ("香港特别行政区", "", "中西区")),
        (("東京都", "千代田区", ""), ("東京都", "千代田区", "")),
        (("", "", ""), ("", "", "")),
    ],
)
def test_names_are_completed_and_unknown_ones_stay(typed: tuple[str, str, str], settled: tuple[str, str, str]) -> None:
    assert settle(*typed) == settled


@pytest.mark.parametrize(
    ("typed", "parent", "homes"),
    [
        (("广东省", "深圳市", "朝阳区"), "深圳市", ("北京市", "长春市")),
        (("广东省", "杭州市", ""), "广东省", ("浙江省",)),
    ],
)
def test_a_region_of_another_parent_is_refused(typed: tuple[str, str, str], parent: str, homes: tuple[str]) -> None:
    with pytest.raises(Misplaced) as refused:
        settle(*typed)
    assert (refused.value.parent, refused.value.homes) == (parent, homes)


def test_what_is_offered_belongs_to_what_is_chosen_and_comes_before_the_rest() -> None:
    assert [names[2] for names in offers("district", "", "北京市", "", 3)] == ["东城区", "西城区", "朝阳区"]
    assert offers("city", "", "广东省", "", 1) == [("广东省", "广州市", "")]
    assert offers("district", "南山", "广东省", "深圳市", 1) == [("广东省", "深圳市", "南山区")]
    assert offers("district", "朝阳", "", "", 2) == [("北京市", "北京市", "朝阳区"), ("辽宁省", "朝阳市", "朝阳县")]
    assert [offers(level, "", "", "", 5) for level in LEVELS[1:]] == [[], []]


def test_a_country_is_known_by_its_names_and_its_code() -> None:
    assert [country_code(name) for name in ("中国", "China", "cn", "USA", "美国", "法国", "Atlantis", "")] == [
        *("CN", "CN", "CN", "US", "US", "FR", "", "")
    ]
