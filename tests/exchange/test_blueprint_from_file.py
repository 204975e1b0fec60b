"""A spreadsheet becomes a blueprint: sound, without a warning, and as a person would have begun it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.compiling import compile_folder
from engine.exchange.blueprint_from_file import blueprint_files, write_blueprint
from engine.exchange.table_guess import FileGuess, guess_file
from engine.exchange.unreadable import UnreadableFile
from engine.language.names import RESERVED, SYSTEM_FIELDS
from tests.exchange.books import clients_and_orders, write_book
from tests.exchange.sheets import Rows, write_csv, write_ods, write_xls

TODAY = date(2026, 3, 4)
GOLDEN = Path(__file__).parent.parent / "cases" / "from_file" / "clients.yaml"


def guessed(path: Path) -> FileGuess:
    return guess_file(path, path.stem, TODAY)


def sound(guess: FileGuess, folder: Path) -> dict[str, str]:
    """The files, after they were checked: no problem, no warning."""
    files = blueprint_files(guess)
    write_blueprint(folder / "blueprint", files)
    compiled = compile_folder(folder / "blueprint")
    assert [problem.line("en") for problem in compiled.problems] == [] and compiled.blueprint
    return files


def fields(guess: FileGuess, entity: str) -> dict[str, str]:
    found = next(each for each in guess.entities if each.name == entity)
    return {each.name: each.type for each in found.fields}


def test_two_sheets_become_two_entities_with_a_link(tmp_path: Path) -> None:
    guess = guessed(write_book(tmp_path / "clients.xlsx", clients_and_orders()))
    client, order = guess.entities
    assert (client.name, client.label, client.plural, client.title, client.rows) == (
        *("client", "Client", "Clients", "company", 12),
    )
    assert (order.title, order.field("client").to, order.field("client").by) == ("order_no", "client", "")
    assert guess.left_out == ("Sheet3",)
    assert fields(guess, "client") == {
        "client_id": "text",
        "company": "text",
        "e_mail": "email",
        "phone": "phone",
        "website": "url",
        "industry": "choice",
        "employees": "integer",
        "annual_revenue": "money",
        "discount": "percent",
        "active": "boolean",
        "notes": "long_text",
        "tags": "tags",
        "since": "date",
        "postcode": "text",
    }


def test_the_files_are_those_of_the_golden_case(tmp_path: Path) -> None:
    files = sound(guessed(write_book(tmp_path / "clients.xlsx", clients_and_orders())), tmp_path)
    text = "".join(f"# {name}\n{content}\n" for name, content in files.items())
    assert text == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig"])
def test_a_chinese_file_keeps_its_words_and_has_names_in_latin_letters(tmp_path: Path, encoding: str) -> None:
    rows = [("客户名称", "手机", "签约日期", "合同金额", "行业", "是否重点", "备注")]
    rows += [
        (
            f"第{n}科技有限公司",
            f"1380013{8000 + n}",
            f"2026年1月{n}日",
            f"￥{n}00元",
            ("制造", "零售")[n % 2],
            "是",
            "无",
        )
        for n in range(1, 13)
    ]
    guess = guessed(write_csv(tmp_path / "客户.csv", rows, encoding))
    files = sound(guess, tmp_path)
    assert fields(guess, "ke_hu") == {
        "ke_hu_ming_cheng": "text",
        "shou_ji": "phone",
        "qian_yue_ri_qi": "date",
        "he_tong_jin_e": "money",
        "hang_ye": "choice",
        "shi_fou_zhong_dian": "boolean",
        "bei_zhu": "long_text",
    }
    assert (guess.language, guess.currency, guess.time_zone) == ("zh-CN", "CNY", "Asia/Shanghai")
    assert "label: 客户" in files["entities/ke_hu.yaml"] and "zhi_zao: {label: 制造" in files["entities/ke_hu.yaml"]


@pytest.mark.parametrize("write", [write_xls, write_ods])
def test_other_formats_do_as_well(tmp_path: Path, write: object) -> None:
    rows: Rows = [("Name", "Since"), ("Ann", date(2026, 1, 2)), ("Bo", date(2026, 1, 3))]
    guess = guessed(write(tmp_path / f"people.{write.__name__[-3:]}", rows))  # type: ignore[operator, attr-defined]
    sound(guess, tmp_path)
    assert fields(guess, "person" if guess.entities[0].name == "person" else "people") == {
        "name": "text",
        "since": "date",
    }


def test_a_file_with_nothing_but_titles_is_enough(tmp_path: Path) -> None:
    guess = guessed(write_csv(tmp_path / "leads.csv", [("Name", "E-mail", "Amount", "Next step")]))
    files = sound(guess, tmp_path)
    assert fields(guess, "lead") == {"name": "text", "e_mail": "email", "amount": "money", "next_step": "text"}
    assert "# guessed from the title alone" in files["entities/lead.yaml"]


def test_titles_that_repeat_clash_or_are_missing_have_names_of_their_own(tmp_path: Path) -> None:
    titles = (
        "Name",
        "Name",
        "name",
        "id",
        "Owner",
        "class",
        "from",
        "2024 sales",
        "",
        "!!",
        "a" * 90,
        "true",
        "Created at",
    )
    guess = guessed(write_csv(tmp_path / "users.csv", [titles, tuple(f"x{n}" for n in range(len(titles)))]))
    sound(guess, tmp_path)
    (entity,) = guess.entities
    names = [each.name for each in entity.fields]
    assert entity.name == "user_record" and names[:4] == ["name", "name_2", "name_3", "number"]
    assert len(set(names)) == len(titles) and not set(names) & (RESERVED | set(SYSTEM_FIELDS))
    assert len({each.label for each in entity.fields}) == len(titles)


def test_two_hundred_columns_are_a_form_of_several_sections(tmp_path: Path) -> None:
    rows = [tuple(f"Question {n}" for n in range(200)), tuple(f"answer {n}" for n in range(200))]
    guess = guessed(write_csv(tmp_path / "survey.csv", rows))
    files = sound(guess, tmp_path)
    assert len(guess.entities[0].fields) == 200
    assert files["entities/survey.yaml"].count("- id: main") == 7


def test_values_a_reader_of_yaml_could_take_for_something_else_are_quoted(tmp_path: Path) -> None:
    words = ("yes", "12:30", "a: b", "#1", "{x}", "- y", "'q'", "null", "是", '"', "a, b", "[z]")
    rows = [("Name", "Status"), *((f"n{n}", words[n % 12]) for n in range(36))]
    guess = guessed(write_csv(tmp_path / "a: b.csv", rows))
    sound(guess, tmp_path)
    compiled = compile_folder(tmp_path / "blueprint").blueprint
    assert compiled
    (entity,) = (each for each in compiled.entities.values() if not each.builtin)
    assert tuple(option.label.in_("en") for option in entity.fields["status"].options) == words


def test_messy_values_leave_a_comment_and_nothing_required(tmp_path: Path) -> None:
    rows = [("Name", "Since", "Price"), *((f"n{n}", f"2026-01-{n:02}", f"${n}") for n in range(1, 25))]
    rows[5] = ("n5", "soon", "a lot")
    files = sound(guessed(write_csv(tmp_path / "things.csv", rows)), tmp_path)
    text = files["entities/thing.yaml"]
    assert 'since: {type: date, label: Since}  # guessed; not all values fit, such as "soon"' in text
    assert 'price: {type: money, currency: USD, label: Price}  # guessed; not all values fit, such as "a lot"' in text


def test_a_key_names_rows_where_no_title_does(tmp_path: Path) -> None:
    people = [("Person ID", "Name"), *((f"P{n}", "Ann") for n in range(8))]
    visits = [("Visit", "Person"), *((f"V{n}", f"P{n % 8}") for n in range(20))]
    guess = guessed(write_book(tmp_path / "book.xlsx", {"People": people, "Visits": visits}))
    files = sound(guess, tmp_path)
    link = next(each for entity in guess.entities for each in entity.fields if each.to)
    assert (link.to, link.by) == (guess.entities[0].name, "person_id")
    assert "person_id: {type: text, required: true, unique: true" in files[f"entities/{guess.entities[0].name}.yaml"]


def test_sheets_that_name_each_other_are_no_endless_ring(tmp_path: Path) -> None:
    one = [("Name", "Boss"), *((f"a{n}", f"b{n % 4}") for n in range(12))]
    two = [("Name", "Main"), *((f"b{n}", f"a{n % 4}") for n in range(12))]
    guess = guessed(write_book(tmp_path / "book.xlsx", {"One": one, "Two": two}))
    sound(guess, tmp_path)
    assert sorted(each.to for entity in guess.entities for each in entity.fields if each.to) == ["one", "two"]


def test_a_file_that_is_no_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(UnreadableFile):
        guessed(tmp_path / "empty.csv")
