"""What people read when a value does not fit, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.language.discovery import registry
from engine.language.source import Place
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, ValueRefused
from engine.schema.model import Field

TYPES = registry("engine.schema.field_types", FieldType)
FORMATS = Formats("en", "America/New_York", "USD", date(2026, 11, 21), "US")


def field_of(kind: str, **settings: Any) -> Field:
    return Field("value", "thing", TYPES[kind], Text.of("Value"), Place("thing.yaml", 1, 1), settings=settings)


def refusal(field: Field, typed: str, formats: Formats = FORMATS) -> tuple[str, str]:
    with pytest.raises(ValueRefused) as refused:
        field.type.validate(field.type.parse(typed, field, formats), field)
    return refused.value.message.in_("en"), refused.value.message.in_("zh-CN")


def test_a_text_has_a_length() -> None:
    assert [refusal(field_of("text", min=1200, max=3), "four"), refusal(field_of("text", max=1), "four")] == [
        ("This text is too short. It needs at least 1,200 characters.", "文字过短。至少需要 1,200 个字符。"),
        ("This text is too long. It may have 1 character.", "文字过长。最多 1 个字符。"),
    ]
    assert refusal(field_of("text"), "x" * 501)[0] == "This text is too long. It may have up to 500 characters."


def test_a_number_has_limits() -> None:
    assert [refusal(field_of("integer", min=1000), "5"), refusal(field_of("money", max=1000), "1000.01")] == [
        ("Enter 1,000 or more.", "请输入不小于 1,000 的数。"),
        ("Enter 1,000 or less.", "请输入不大于 1,000 的数。"),
    ]


def test_a_number_has_decimal_places() -> None:
    assert [refusal(field_of("money", currency="USD"), "1.005"), refusal(field_of("money", currency="JPY"), "1.5")] == [
        ("Write at most 2 decimal places.", "最多保留 2 位小数。"),
        ("Enter a whole number, without decimal places.", "请输入不带小数的整数。"),
    ]


def test_a_number_has_a_size() -> None:
    assert refusal(field_of("decimal", precision=5, scale=2), "1000") == (
        "This number is too large. It may have 3 digits before the decimal point.",
        "数字过大。小数点前最多 3 位。",
    )
    assert refusal(field_of("decimal", scale=0), "9" * 40)[0].startswith("This number is too large.")


def test_a_phone_number_without_a_region_needs_its_country_code() -> None:
    nowhere = Formats.neutral()
    assert [refusal(field_of("phone"), "212 555 0142", nowhere), refusal(field_of("phone"), "1")] == [
        ("Start the phone number with + and the country code.", "电话号码请以 + 和国家代码开头。"),
        (
            "This is not a phone number. Write it with its area code, or start with + and the country code.",
            "无法识别该电话号码。请写上区号，或以 + 和国家代码开头。",
        ),
    ]


def test_a_date_is_asked_for_in_a_clear_form() -> None:
    assert refusal(field_of("date"), "11/12/2026") == (
        "This is not a date. Write it like 2026-11-28, 28 Nov, tomorrow or +3d.",
        "无法识别该日期。请写成 2026-11-28、11月28日、明天或 3天后。",
    )
