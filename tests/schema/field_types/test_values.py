"""What the types do with values beyond their samples."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from engine.expressions.types import Kind, Type, choice, decimal, record
from engine.language.discovery import registry
from engine.language.source import Place
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.columns import ScaledDecimal
from engine.schema.field_type import FieldType
from engine.schema.model import Field, Option

TYPES = registry("engine.schema.field_types", FieldType)
FORMATS = Formats("en", "America/New_York", "USD", date(2026, 11, 21), "US")
OPTIONS = (Option("hot", Text.of({"en": "Hot", "zh-CN": "热门"})), Option("cold", Text.of("Cold")))


def field_of(kind: str, unique: bool = False, options: tuple[Option, ...] = (), **settings: Any) -> Field:
    field_type, place = TYPES[kind], Place("thing.yaml", 1, 1)
    target = field_type.target(settings)
    return Field("value", "thing", field_type, Text.of("Value"), place, None, settings, options, target, unique=unique)


def test_a_text_is_sorted_and_compared_by_companions() -> None:
    field = field_of("text", unique=True)
    assert field.type.companions("  Äpfel AG", field) == {"value__k": "apfel ag", "value__u": "äpfel ag"}
    assert (field.type.sort_column(field), field.type.unique_column(field)) == ("value__k", "value__u")


def test_a_unique_email_is_compared_without_case() -> None:
    field = field_of("email", unique=True)
    assert field.type.companions("Ann@example.com", field) == {"value__u": "ann@example.com"}


def test_a_text_loses_what_cannot_be_seen() -> None:
    texts = [field_of(kind) for kind in ("text", "long_text")]
    assert [field.type.parse(" a\x00b\tc\r\nd\ud800 ", field, FORMATS) for field in texts] == ["ab c d", "ab\tc\nd"]
    assert [field.type.parse("\x07\x00", field, FORMATS) for field in texts] == [None, None]


@pytest.mark.parametrize(
    ("kind", "settings", "result", "value"),
    [
        ("integer", {}, Decimal("2.5"), 3),
        ("decimal", {"scale": 1}, Decimal("-0.25"), Decimal("-0.3")),
        ("money", {"currency": "JPY"}, Decimal("10.5"), Decimal("11")),
        ("money", {"currency": "USD"}, 7, Decimal("7.00")),
        ("percent", {"scale": 0}, Decimal("12.4"), Decimal("12")),
        ("date", {}, date(2026, 1, 1), date(2026, 1, 1)),
    ],
)
def test_a_computed_number_is_rounded_half_away_from_zero(
    kind: str, settings: dict[str, Any], result: object, value: object
) -> None:
    field = field_of(kind, **settings)
    rounded = field.type.from_expression(result, field)
    assert (rounded, type(rounded)) == (value, type(value))


def test_the_columns_of_exact_numbers_hold_their_places() -> None:
    fields = [field_of("money", currency="JPY"), field_of("money"), field_of("decimal", scale=4), field_of("percent")]
    columns = [field.type.columns(field)[0].type for field in fields]
    assert [column.scale for column in columns if isinstance(column, ScaledDecimal)] == [0, 2, 4, 2]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (field_of("money", currency="CNY"), decimal(2, "CNY")),
        (field_of("percent", scale=1), decimal(1)),
        (field_of("choice", options=OPTIONS), choice(("hot", "cold"))),
        (field_of("stage", options=OPTIONS, pipeline="sales"), choice(("hot", "cold"), "sales")),
        (field_of("link", to="account"), record("account")),
        (field_of("user"), record("user")),
        (field_of("team"), record("team")),
        (field_of("children", of="line", key="deal"), Type(Kind.LIST, item=record("line"))),
    ],
    ids=lambda part: part.type.name if isinstance(part, Field) else "",
)
def test_a_field_has_its_type_in_expressions(field: Field, expected: Type) -> None:
    assert field.type.expression_type(field) == expected


def test_a_choice_that_no_longer_exists_shows_its_key() -> None:
    field = field_of("choice", options=OPTIONS)
    chinese = Formats("zh-CN", "UTC", "CNY", date(2026, 11, 21), "CN")
    assert [field.type.format(key, field, chinese) for key in ("hot", "cold", "gone")] == ["热门", "Cold", "gone"]


def test_a_phone_number_is_shown_as_at_home() -> None:
    field = field_of("phone", region="CN")
    homes = [Formats("en", "UTC", "USD", date(2026, 11, 21), region) for region in ("US", "CN")]
    assert [field.type.format("+8613800138000", field, home) for home in homes] == [
        "+86 138 0013 8000",
        "138 0013 8000",
    ]


def test_a_moment_is_edited_in_local_time_with_seconds_only_when_it_has_some() -> None:
    field = field_of("datetime")
    moments = [datetime(2026, 11, 28, 14, 30, second, tzinfo=UTC) for second in (0, 5)]
    edited = [field.type.edit_text(moment, field, FORMATS) for moment in moments]
    assert edited == ["2026-11-28 09:30", "2026-11-28 09:30:05"]
    assert field.type.to_json(moments[1]) == "2026-11-28T14:30:05Z"


def test_plain_values_from_yaml_are_accepted() -> None:
    accepted = [("text", 12), ("money", Decimal("84500.5")), ("integer", 12), ("boolean", False), ("link", 17)]
    values = [TYPES[kind].accept(value, field_of(kind, to="account")) for kind, value in accepted]
    assert values == ["12", Decimal("84500.50"), 12, False, 17]


def test_addresses_and_numbers_lead_somewhere() -> None:
    values = {"email": "ann@example.com", "phone": "+12125550142;ext=7", "url": "https://example.com", "text": "Ann"}
    leads = [TYPES[kind].href(value, field_of(kind)) for kind, value in values.items()]
    assert leads == ["mailto:ann@example.com", "tel:+12125550142;ext=7", "https://example.com", ""]


def test_a_date_is_shown_without_its_year_in_lists_when_it_is_this_one() -> None:
    field, day = field_of("date"), date(2026, 11, 28)
    shown = [field.type.format(day, field, FORMATS), field.type.format_short(day, field, FORMATS)]
    assert shown == ["28 Nov 2026", "28 Nov"]


def test_the_sign_of_a_currency_stands_before_its_input() -> None:
    fields = [field_of("money", currency="CNY"), field_of("money", currency="CHF"), field_of("money")]
    assert [field.type.prefix(field, FORMATS) for field in fields] == ["CN¥", "CHF", "$"]
