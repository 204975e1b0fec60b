"""Several of a few named options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.expressions.types import Kind, Type, choice
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.chosen_option import OPTIONS, option_key, option_label
from engine.schema.columns import Words
from engine.schema.field_type import FieldType, JsonSchema, Sample, SheetValue, refuse

if TYPE_CHECKING:
    from engine.schema.model import Field

SEPARATOR = re.compile(r"[,，、;；]")
COLOURS = {"options": {"red": {"en": "Red", "zh-CN": "红"}, "blue": {"en": "Blue", "zh-CN": "蓝"}, "green": "Green"}}


class MultiChoice(FieldType):
    name = "multi_choice"
    label = Text.of({"en": "Multiple choice", "zh-CN": "多选"})
    help = Text.of({"en": "Any of a few options, each with a colour.", "zh-CN": "从几个带颜色的选项中选择任意多个。"})
    icon = "list-checks"
    hue = "plum"
    options = {"options": OPTIONS}
    required_options = ("options",)
    samples = (
        Sample("blue\nred", ("red", "blue"), "Red, Blue", COLOURS),
        Sample("Green, BLUE, green", ("blue", "green"), "Blue, Green", COLOURS),
        Sample("蓝、红", ("red", "blue"), "Red, Blue", COLOURS),
        Sample("\nred\n", ("red",), "Red", COLOURS),
    )
    refused = ("red, pink", "红绿", "red\npink")
    comparisons = ("any_of", "all_of", "none_of", "empty", "not_empty")
    widget = "multi_choice"
    width = 180
    structured = True
    sortable = False
    repeated = True

    def expression_type(self, field: Field) -> Type:
        return Type(Kind.LIST, item=choice(option.key for option in field.options))

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, Words()),)

    def parse(self, typed: str, field: Field, formats: Formats) -> tuple[str, ...] | None:
        """Keys or labels, a line each or in one line with commas; the keys in the order of the options."""
        lines = [line.strip() for line in typed.split("\n") if line.strip()]
        written = [line for line in lines if option_key(line, field) is None]
        words = [word.strip() for line in written for word in SEPARATOR.split(line) if word.strip()]
        keys = {option_key(word, field) for word in (*words, *(line for line in lines if line not in written))}
        if None in keys:
            raise refuse("choice")
        return tuple(option.key for option in field.options if option.key in keys) or None

    def accept(self, value: Any, field: Field) -> tuple[str, ...] | None:
        text = "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
        return self.parse(text, field, Formats.neutral()) if text.strip() else None

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return ("、" if formats.language.startswith("zh") else ", ").join(
            option_label(key, field, formats) for key in value
        )

    def tags(self, value: Any, field: Field, formats: Formats) -> tuple[tuple[str, str], ...]:
        options = ((key, field.option(key)) for key in value)
        return tuple((option_label(key, field, formats), option.hue if option else "gray") for key, option in options)

    def sheet_value(self, value: Any, field: Field, formats: Formats) -> SheetValue:
        """The labels on one line; a line for each when one of them has a sign that parts them."""
        labels = [option_label(key, field, formats) for key in value]
        return ("\n" if any(map(SEPARATOR.search, labels)) else ", ").join(labels)

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return "\n".join(value)

    def json_schema(self, field: Field) -> JsonSchema:
        return {"type": "array", "items": {"type": "string", "enum": [option.key for option in field.options]}}

    def to_json(self, value: Any) -> list[str]:
        return list(value)
