"""The contract of a type whose value is the key of one option: a choice, a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.expressions.types import Type, choice
from engine.locale.formats import Formats
from engine.schema.chosen_option import option_key, option_label
from engine.schema.field_type import FieldType, JsonSchema, SheetValue, refuse
from engine.schema.sorting import plain_text

if TYPE_CHECKING:
    from engine.schema.model import Field


class OptionType(FieldType):
    slot = "badge"

    def expression_type(self, field: Field) -> Type:
        return choice(option.key for option in field.options)

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, plain_text()),)

    def json_schema(self, field: Field) -> JsonSchema:
        return {"type": "string", "enum": [option.key for option in field.options]}

    def parse(self, typed: str, field: Field, formats: Formats) -> str:
        """Raises `ValueRefused` with the sentence `value.<name of the type>`."""
        key = option_key(typed, field)
        if key is None:
            raise refuse(self.name)
        return key

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return option_label(value, field, formats)

    def sheet_value(self, value: Any, field: Field, formats: Formats) -> SheetValue:
        return self.format(value, field, formats)
