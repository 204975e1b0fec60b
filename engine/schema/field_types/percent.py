"""A percentage: 20 means 20 %."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
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


class Percent(FieldType):
    name = "percent"
    label = Text.of({"en": "Percent", "zh-CN": "百分比"})
    help = Text.of({"en": "A percentage; 20 means 20 %.", "zh-CN": "百分比；20 表示 20%。"})
    icon = "percent"
    hue = "green"
    options = {
        "scale": {
            "type": "integer",
            "minimum": 0,
            "maximum": 9,
            "description": "How many decimal places it has; 2 when it is not written.",
        },
        **LIMITS,
    }
    samples = (
        Sample("12%", Decimal("12.00"), "12%", {"min": 0, "max": 100}),
        Sample("12.5", Decimal("12.50"), "12.5%"),
        Sample("２０ ％", Decimal("20.00"), "20%"),
    )
    refused = ("half", "12.345", "-1", "100.01", "%", "%12", "12%%")
    comparisons = ("at_least", "at_most", "between", "empty", "not_empty")
    widget = "percent"
    width = 90
    numeric = True
    percents = True

    def expression_type(self, field: Field) -> Type:
        return decimal(_scale(field))

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, ScaledDecimal(_scale(field))),)

    def parse(self, typed: str, field: Field, formats: Formats) -> Decimal:
        return read_number(unicodedata.normalize("NFKC", typed).removesuffix("%"), _scale(field), formats)

    def from_expression(self, value: Any, field: Field) -> Decimal | None:
        return None if value is None else rounded(value, _scale(field))

    def validate(self, value: Any, field: Field) -> None:
        check_size(value, LONGEST, _scale(field))
        check_limits(value, field.settings)

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return formats.percent(value)

    def sheet_value(self, value: Any, field: Field, formats: Formats) -> SheetValue:
        number: SheetValue = value
        return number

    def sheet_format(self, field: Field, formats: Formats) -> str:
        """20 stays 20, and is shown as 20%."""
        return 'General"%"'

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return formats.ungrouped(value)

    def json_schema(self, field: Field) -> JsonSchema:
        return DIGITS

    def to_json(self, value: Any) -> str:
        return f"{value:f}"


def _scale(field: Field) -> int:
    return int(field.settings.get("scale", 2))
