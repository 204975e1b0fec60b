"""One of a few named options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.expressions.types import Type, choice
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.chosen_option import OPTIONS, option_key, option_label
from engine.schema.field_type import FieldType, JsonSchema, Sample, SheetValue, refuse
from engine.schema.sorting import plain_text

if TYPE_CHECKING:
    from engine.schema.model import Field


class Choice(FieldType):
    name = "choice"
    label = Text.of({"en": "Choice", "zh-CN": "单选"})
    help = Text.of({"en": "One of a few options, each with a colour.", "zh-CN": "从几个带颜色的选项中选择一个。"})
    icon = "list"
    hue = "plum"
    options = {"options": OPTIONS}
    required_options = ("options",)
    samples = (
        Sample("hot", "hot", "Hot lead", {"options": {"hot": {"en": "Hot lead", "zh-CN": "热门"}, "cold": "Cold"}}),
        Sample("COLD", "cold", "Cold", {"options": {"hot": "Hot", "cold": "Cold"}}),
        Sample("热门", "hot", "Hot lead", {"options": {"hot": {"en": "Hot lead", "zh-CN": "热门"}}}),
    )
    refused = ("warm", "冷")
    comparisons = ("any_of", "none_of", "empty", "not_empty")
    widget = "choice"
    width = 130
    slot = "badge"

    def expression_type(self, field: Field) -> Type:
        return choice(option.key for option in field.options)

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, plain_text()),)

    def json_schema(self, field: Field) -> JsonSchema:
        return {"type": "string", "enum": [option.key for option in field.options]}

    def parse(self, typed: str, field: Field, formats: Formats) -> str:
        key = option_key(typed, field)
        if key is None:
            raise refuse("choice")
        return key

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return option_label(value, field, formats)

    def sheet_value(self, value: Any, field: Field, formats: Formats) -> SheetValue:
        return self.format(value, field, formats)
