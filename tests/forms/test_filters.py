from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from engine.forms.filters import (
    Filter,
    describe,
    parse_columns,
    parse_filters,
    parse_sort,
    read_condition,
    write_condition,
)
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.comparisons import COMPARISONS
from engine.schema.model import Field, Sort
from tests.forms.sample import DEAL, refusal

FORMATS = Formats.neutral()


def only(text: str) -> Filter:
    (found,), problems = parse_filters([text], DEAL, FORMATS)
    assert problems == ()
    return found


def told(problems: Iterable[Text]) -> list[tuple[str, str]]:
    return [(text.in_("en"), text.in_("zh-CN")) for text in problems]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("amount:at_least:5000", (Decimal(5000),)),
        ("amount:between:10|20.50", (Decimal(10), Decimal("20.50"))),
        ("stage:any_of:open|won", ("open", "won")),
        ("name:contains:a\\|b\\\\c", ("a|b\\c",)),
        ("name:contains:10:30", ("10:30",)),
        ("close_date:before:2026-11-28", (date(2026, 11, 28),)),
        ("close_date:within_next:30", (30,)),
        ("close_date:within_last_weeks:2", (2,)),
        ("close_date:next_quarter", ()),
        ("account:any_of:17|18", (17, 18)),
        ("owner:is_me", ()),
        ("hot:is_true", ()),
    ],
)
def test_a_filter_of_the_address_is_parsed_and_written_again(text: str, values: tuple[Any, ...]) -> None:
    found = only(text)
    assert (found.values, found.url()) == (values, text)
    assert found.comparison is COMPARISONS[text.split(":")[1]]


def test_what_cannot_be_understood_is_told_and_left_out() -> None:
    texts = [
        "amout:at_least:5",
        "amount:contains:5",
        "amount:between:5",
        "amount:at_least:a lot",
        "amount:at_least: ",
        "close_date:within_next:99999",
        "lines:empty",
        "",
        "name:contains:ok",
    ]
    found, problems = parse_filters(texts, DEAL, FORMATS)
    assert [filter.url() for filter in found] == ["name:contains:ok"]
    no_number = refusal(DEAL.fields["amount"], "a lot")
    assert told(problems) == [
        ('There is no field "amout" here, so it was left out.', "此处没有字段“amout”，已忽略。"),
        (
            'There is no filter "contains" for Amount, so it was left out.',
            "“Amount”没有筛选方式“contains”，已忽略。",
        ),
        (
            "The filter on Amount does not have the values it needs, so it was left out.",
            "“Amount”的筛选缺少所需的值，已忽略。",
        ),
        (
            f'The filter on Amount with "a lot" was left out. {no_number.in_("en")}',
            f"“Amount”的筛选“a lot”已忽略。{no_number.in_('zh-CN')}",
        ),
        ('The filter on Amount with "" was left out. The value is empty.', "“Amount”的筛选“”已忽略。值为空。"),
        (
            'The filter on Close date with "99999" was left out. Write a whole number up to 36500.',
            "“Close date”的筛选“99999”已忽略。请填写不超过 36500 的整数。",
        ),
        ('There is no field "lines" here, so it was left out.', "此处没有字段“lines”，已忽略。"),
        ('There is no field "" here, so it was left out.', "此处没有字段“”，已忽略。"),
    ]


def test_the_sort_of_the_address_names_fields_that_have_an_order() -> None:
    sorts, problems = parse_sort("-amount,name,notes,,nope", DEAL)
    assert sorts == (Sort("amount", True), Sort("name"))
    assert told(problems) == [
        ("A list cannot be sorted by Notes, so it was left out.", "列表不能按“Notes”排序，已忽略。"),
        ('There is no field "nope" here, so it was left out.', "此处没有字段“nope”，已忽略。"),
    ]


def test_the_columns_of_the_address_are_shown_once_each() -> None:
    fields, problems = parse_columns("name,amount,name,created_at,lines", DEAL)
    assert [field.name for field in fields] == ["name", "amount", "created_at"]
    assert [text.in_("en") for text in problems] == ['There is no field "lines" here, so it was left out.']


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("amount:at_least:5000", "en", ("Amount", "is at least", "5000")),
        ("stage:any_of:open|won", "zh-CN", ("Stage", "属于", "进行中, 赢单")),
        ("amount:between:10|20", "en", ("Amount", "is between", "10 – 20")),
        ("owner:any_of:7", "zh-CN", ("负责人", "属于", "owner 7")),
        ("close_date:within_next:30", "en", ("Close date", "is within the next", "30 days")),
        ("close_date:within_last_weeks:1", "en", ("Close date", "is within the last", "1 week")),
        ("close_date:within_next_months:3", "en", ("Close date", "is within the next", "3 months")),
        ("hot:is_true", "en", ("Hot", "is yes", "")),
    ],
)
def test_a_chip_says_field_comparison_and_values(text: str, language: str, words: tuple[str, str, str]) -> None:
    def title(field: Field, value: Any) -> str:
        return f"{field.name} {value}"

    formats = Formats(language, "UTC", "USD", date(2026, 3, 4), "US") if language == "zh-CN" else FORMATS
    assert describe(only(text), formats, language, title) == words


@given(st.lists(st.text(min_size=1).map(str.strip).filter(bool), max_size=4))
def test_values_survive_the_way_through_the_address(values: list[str]) -> None:
    assert read_condition(write_condition("name", "any_of", values)) == ("name", "any_of", tuple(values))


@given(st.text(max_size=60), st.sampled_from([*DEAL.fields]), st.sampled_from([*COMPARISONS]))
def test_any_text_in_the_address_is_understood_or_told(text: str, field: str, comparison: str) -> None:
    for address in (text, f"{field}:{comparison}:{text}"):
        found, problems = parse_filters([address], DEAL, FORMATS)
        assert len(found) + len(problems) == 1
