"""What a column is guessed to be, by its values and its title."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.exchange.column_facts import Facts
from engine.exchange.inference import ColumnGuess, guess_column
from engine.exchange.sheet import Cell
from engine.locale.formats import Formats

ENGLISH = Formats("en", "UTC", "USD", date(2026, 3, 4), "US")
CHINESE = Formats("zh-CN", "Asia/Shanghai", "CNY", date(2026, 3, 4), "CN")


def guess(header: str, cells: Sequence[Cell], formats: Formats = ENGLISH) -> ColumnGuess:
    facts = Facts(0, header)
    for cell in cells:
        facts.add(cell)
    return guess_column(facts, formats)


NUMBERED = [f"value {n}" for n in range(20)]


@pytest.mark.parametrize(
    ("header", "cells", "type_name", "settings"),
    [
        ("Closed", [date(2026, 1, 2)] * 3, "date", {}),
        ("Met at", [datetime(2026, 1, 2, 9, 30), date(2026, 1, 3)] * 20, "datetime", {}),
        ("Opens", [time(9, 30)], "time", {}),
        ("Effort", [timedelta(hours=2)], "duration", {}),
        ("Ready", [True, False], "boolean", {}),
        ("Ready", ["yes", "No", "YES"], "boolean", {}),
        ("是否重点", ["是", "否"], "boolean", {}),
        ("Contact", ["a@b.example.com", "c@d.example.com"], "email", {}),
        ("Where", ["https://a.example.com", "www.b.example.com/x"], "url", {}),
        ("Share", ["12%", "3.5 %", "２０％"], "percent", {"scale": 2}),
        ("Worth", ["$1,200", "$3.50", "800"], "money", {"currency": "USD"}),
        ("合同金额", ["￥1,000元", "2000元", "¥30"], "money", {"currency": "CNY"}),
        ("Price", [Decimal("1.50"), 2], "money", {"currency": "USD"}),
        ("Worth", ["$1", "€2"] * 3, "text", {}),
        ("Pieces", [1, 2, 30], "integer", {}),
        ("Weight", [Decimal("1.125"), 2], "decimal", {"scale": 3}),
        ("Weight", ["1.5", "2"], "decimal", {"scale": 2}),
        ("Year", [2024, 2025], "text", {}),
        ("Postcode", ["02115", "10001"], "text", {}),
        ("Card", [6222020200112345], "text", {}),
        ("Phone", [6175550142, 2125550142], "phone", {}),
        ("Call", ["+44 20 7946 0018", "+1 617 555 0112"], "phone", {}),
        ("Signed", ["2026-01-02", "3 Feb 2026", "2026/3/4"], "date", {}),
        ("Signed", ["20260102", "20260203"], "integer", {}),
        ("Signed date", ["20260102", "20260203"], "date", {}),
        ("Signed", ["2026-01-02 09:30"], "datetime", {}),
        ("Notes", ["short"], "long_text", {}),
        ("Story", ["one\ntwo"], "long_text", {}),
        ("Tags", ["vip, north", "vip"], "tags", {}),
        ("Name", ["Smith, Ann", "Lee, Bo", "Ray, Cy"], "text", {}),
        ("Anything", NUMBERED, "text", {}),
    ],
)
def test_values_and_titles_make_a_type(
    header: str, cells: list[Cell], type_name: str, settings: dict[str, Any]
) -> None:
    found = guess(header, cells)
    assert (found.type, dict(found.settings)) == (type_name, settings)


def test_a_few_values_again_and_again_are_options_in_the_order_of_the_file() -> None:
    assert guess("Where from", ["Web", "Fair", "Web", "Web"] * 3).options == ("Web", "Fair")
    assert guess("Status", ["Open", "Done", "Open", "Done"]).options == ("Open", "Done")
    assert guess("Anything", ["Open", "Done", "Late", "Open"]).type == "text"


@pytest.mark.parametrize(
    ("cells", "order", "sure"),
    [
        (["3/4/2026", "31/12/2026"], "dmy", "sure"),
        (["3/4/2026", "12/31/2026"], "mdy", "sure"),
        (["3.4.26", "5.6.26"], "dmy", "unsure"),
    ],
)
def test_the_order_of_days_and_months_is_found_among_all_values(cells: list[Cell], order: str, sure: str) -> None:
    found = guess("When", cells)
    assert (found.type, found.date_order, found.sure) == ("date", order, sure)


def test_a_few_values_that_do_not_fit_are_told() -> None:
    found = guess("Since", [*[date(2026, 1, 2)] * 19, "soon"])
    assert (found.type, found.sure, found.misfits) == ("date", "likely", ("soon",))


@pytest.mark.parametrize(
    ("header", "type_name"), [("E-mail", "email"), ("手机", "phone"), ("Amount", "money"), ("Colour", "text")]
)
def test_an_empty_column_is_what_its_title_says(header: str, type_name: str) -> None:
    found = guess(header, [None, None])
    assert (found.type, found.sure, found.required) == (type_name, "unsure", False)


def test_a_column_is_required_when_it_is_never_empty_in_enough_rows() -> None:
    assert guess("Name", NUMBERED).required and not guess("Name", [*NUMBERED, None]).required
    assert not guess("Name", NUMBERED[:2]).required


def test_chinese_days_and_mobile_numbers_are_known() -> None:
    assert guess("签约日期", ["2026年1月2日", "2026/3/4"], CHINESE).type == "date"
    assert guess("号", ["13800138000", "13900139000"], CHINESE).type == "phone"
