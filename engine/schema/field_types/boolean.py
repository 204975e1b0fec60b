"""Yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean as SqlBoolean, Column

from engine.expressions.types import BOOLEAN, Type
from engine.locale.catalogue import message
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, JsonSchema, Sample, SheetValue, refuse

if TYPE_CHECKING:
    from engine.schema.model import Field

WORDS = {
    **dict.fromkeys(("true", "yes", "on", "1", "是"), True),
    **dict.fromkeys(("false", "no", "off", "0", "否"), False),
}


class Boolean(FieldType):
    name = "boolean"
    label = Text.of({"en": "Yes or no", "zh-CN": "是或否"})
    help = Text.of({"en": "A switch with two positions.", "zh-CN": "只有是和否两种取值的开关。"})
    icon = "toggle-left"
    hue = "teal"
    samples = (
        Sample("true", True, "Yes"),
        Sample("No", False, "No"),
        Sample("是", True, "Yes"),
        Sample("否", False, "No"),
    )
    refused = ("maybe", "2", "truee")
    comparisons = ("is_true", "is_false")
    widget = "boolean"
    width = 80

    def expression_type(self, field: Field) -> Type:
        return BOOLEAN

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, SqlBoolean),)

    def json_schema(self, field: Field) -> JsonSchema:
        return {"type": "boolean"}

    def parse(self, typed: str, field: Field, formats: Formats) -> bool:
        value = WORDS.get(typed.lower())
        if value is None:
            raise refuse("boolean")
        return value

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return message("value.yes" if value else "value.no", formats.language or "en")

    def sheet_value(self, value: Any, field: Field, formats: Formats) -> SheetValue:
        return self.format(value, field, formats)

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return "true" if value else "false"
