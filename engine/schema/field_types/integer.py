"""A whole number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column

from engine.expressions.types import INTEGER, Type
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, JsonSchema, Sample, SheetValue, refuse
from engine.schema.numbers import check_limits, read_number, rounded

if TYPE_CHECKING:
    from engine.schema.model import Field

LARGEST = 2**53 - 1
"""The largest whole number that JSON readers hold exactly."""


class Integer(FieldType):
    name = "integer"
    label = Text.of({"en": "Whole number", "zh-CN": "整数"})
    help = Text.of({"en": "A number without decimal places, such as a count.", "zh-CN": "不带小数的数字，例如数量。"})
    icon = "hash"
    hue = "green"
    options = {
        "min": {"type": "integer", "description": "The smallest number allowed."},
        "max": {"type": "integer", "description": "The largest number allowed."},
    }
    samples = (
        Sample("1,234", 1234, "1,234", {"min": 0, "max": 5000}),
        Sample("１２", 12, "12"),
        Sample("-9007199254740991", -LARGEST, "-9,007,199,254,740,991"),
        Sample("3.0", 3, "3"),
    )
    refused = ("twelve", "12.5", "1,2", "12万", "-1", "5001", "9007199254740992", "1e3", "9" * 70)
    comparisons = ("at_least", "at_most", "between", "is", "empty", "not_empty")
    widget = "number"
    width = 96
    numeric = True

    def expression_type(self, field: Field) -> Type:
        return INTEGER

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, BigInteger),)

    def json_schema(self, field: Field) -> JsonSchema:
        return {"type": "integer"}

    def parse(self, typed: str, field: Field, formats: Formats) -> int:
        return int(read_number(typed, 0, formats))

    def from_expression(self, value: Any, field: Field) -> int | None:
        return None if value is None else int(rounded(value, 0))

    def validate(self, value: Any, field: Field) -> None:
        if abs(value) > LARGEST:
            raise refuse("large", count=15)
        check_limits(value, field.settings)

    def sheet_value(self, value: Any, field: Field, formats: Formats) -> SheetValue:
        number: SheetValue = value
        return number

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return formats.number(value)
