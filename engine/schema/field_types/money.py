"""An exact amount in one currency."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.expressions.types import Type, decimal
from engine.locale.currencies import currency_scale, money_frame, without_currency
from engine.locale.formats import Formats
from engine.locale.languages import currencies
from engine.locale.text import Text
from engine.schema.columns import ScaledDecimal
from engine.schema.field_type import FieldType, JsonSchema, Sample, SheetValue
from engine.schema.numbers import DIGITS, LIMITS, LONGEST, check_limits, check_size, read_number, rounded

if TYPE_CHECKING:
    from engine.schema.model import Field


class Money(FieldType):
    name = "money"
    label = Text.of({"en": "Money", "zh-CN": "金额"})
    help = Text.of({"en": "An exact amount in one currency.", "zh-CN": "一种货币的精确金额。"})
    icon = "banknote"
    hue = "green"
    options = {
        "currency": {
            "type": "string",
            "enum": sorted(currencies()),
            "description": "The ISO 4217 code of the currency; the workspace's when it is not written.",
        },
        **LIMITS,
    }
    samples = (
        Sample("$84,500", Decimal("84500.00"), "$84,500", {"currency": "USD", "min": 0, "max": 100_000_000}),
        Sample("84500.5 USD", Decimal("84500.50"), "$84,500.50", {"currency": "USD"}),
        Sample("￥612，500元", Decimal("612500.00"), "CN¥612,500", {"currency": "CNY"}),
        Sample("-¥1,200", Decimal("-1200"), "-¥1,200", {"currency": "JPY"}),
        Sample("1.250", Decimal("1.250"), "KWD\N{NO-BREAK SPACE}1.250", {"currency": "KWD"}),
    )
    refused = ("a lot", "€50", "1.005", "12,34", "-1", "100000000.01", "1.2万", "$", "9" * 17)
    comparisons = ("at_least", "at_most", "between", "empty", "not_empty")
    widget = "money"
    width = 112
    slot = "value"
    numeric = True
    summed = True

    def expression_type(self, field: Field) -> Type:
        return decimal(_scale(field), _currency(field))

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, ScaledDecimal(_scale(field))),)

    def parse(self, typed: str, field: Field, formats: Formats) -> Decimal:
        currency = _currency(field) or formats.currency
        amount = without_currency(typed, currency) if currency else typed
        return read_number(amount, _scale(field), formats)

    def from_expression(self, value: Any, field: Field) -> Decimal | None:
        return None if value is None else rounded(value, _scale(field))

    def validate(self, value: Any, field: Field) -> None:
        check_size(value, LONGEST, _scale(field))
        check_limits(value, field.settings)

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return formats.money(value, _currency(field))

    def prefix(self, field: Field, formats: Formats) -> str:
        return money_frame(formats.language, _currency(field) or formats.currency).before.strip()

    def sheet_value(self, value: Any, field: Field, formats: Formats) -> SheetValue:
        number: SheetValue = value
        return number

    def sheet_format(self, field: Field, formats: Formats) -> str:
        """With the sign of the currency on its side, and its decimal places."""
        frame = money_frame(formats.language, _currency(field) or formats.currency)
        places = "." + "0" * frame.scale if frame.scale else ""
        return "".join((_quoted(frame.before), "#,##0", places, _quoted(frame.after)))

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return formats.ungrouped(value)

    def json_schema(self, field: Field) -> JsonSchema:
        return DIGITS

    def to_json(self, value: Any) -> str:
        return f"{value:f}"


def _currency(field: Field) -> str | None:
    currency: str | None = field.settings.get("currency")
    return currency


def _scale(field: Field) -> int:
    """Decimal places of the field's currency; 2 while a field takes the workspace's."""
    currency = _currency(field)
    return currency_scale(currency) if currency else 2


def _quoted(sign: str) -> str:
    """A sign as the format of a spreadsheet takes it."""
    return f'"{sign}"' if sign else ""
