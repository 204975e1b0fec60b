"""An exact number with decimal places."""

from __future__ import annotations

from decimal import Decimal as Number
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.expressions.types import Type, decimal
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.columns import ScaledDecimal
from engine.schema.field_type import FieldType, JsonSchema, Sample, SheetValue
from engine.schema.numbers import DIGITS, LIMITS, LONGEST, check_limits, check_size, read_number, rounded

if TYPE_CHECKING:
    from engine.schema.model import Field


class Decimal(FieldType):
    name = "decimal"
    label = Text.of({"en": "Decimal number", "zh-CN": "小数"})
    help = Text.of({"en": "An exact number with decimal places, such as a weight.", "zh-CN": "精确的小数，例如重量。"})
    icon = "hash"
    hue = "green"
    options = {
        "precision": {
            "type": "integer",
            "minimum": 1,
            "maximum": LONGEST,
            "description": f"How many digits the number has in all; {LONGEST} when it is not written.",
        },
        "scale": {
            "type": "integer",
            "minimum": 0,
            "maximum": 9,
            "description": "How many of the digits are decimal places; 2 when it is not written.",
        },
        **LIMITS,
    }
    samples = (
        Sample("1,234.5", Number("1234.50"), "1,234.50", {"precision": 8, "scale": 2, "min": -10, "max": 200_000}),
        Sample("１２．３４", Number("12.34"), "12.34"),
        Sample("-0.125", Number("-0.125"), "-0.125", {"scale": 3}),
        Sample("1 234", Number("1234.00"), "1,234.00"),
    )
    refused = ("ten", "1.234", "12,34", "-11", "200000.01", "1234567", "1.2万", "NaN", "Infinity", "1e5")
    comparisons = ("at_least", "at_most", "between", "is", "empty", "not_empty")
    widget = "number"
    width = 96
    numeric = True

    def expression_type(self, field: Field) -> Type:
        return decimal(_scale(field))

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, ScaledDecimal(_scale(field))),)

    def parse(self, typed: str, field: Field, formats: Formats) -> Number:
        return read_number(typed, _scale(field), formats)

    def from_expression(self, value: Any, field: Field) -> Number | None:
        return None if value is None else rounded(value, _scale(field))

    def validate(self, value: Any, field: Field) -> None:
        check_size(value, field.settings.get("precision", LONGEST), _scale(field))
        check_limits(value, field.settings)

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return formats.number(value, _scale(field))

    def sheet_value(self, value: Any, field: Field, formats: Formats) -> SheetValue:
        number: SheetValue = value
        return number

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return formats.ungrouped(value)

    def json_schema(self, field: Field) -> JsonSchema:
        return DIGITS

    def to_json(self, value: Any) -> str:
        return f"{value:f}"


def _scale(field: Field) -> int:
    return int(field.settings.get("scale", 2))
