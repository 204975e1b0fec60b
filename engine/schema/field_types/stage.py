"""Where a record stands in a pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.expressions.types import Type, choice
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.chosen_option import option_key, option_label
from engine.schema.field_type import FieldType, JsonSchema, Sample, SheetValue, refuse
from engine.schema.sorting import plain_text

if TYPE_CHECKING:
    from engine.schema.model import Field


class Stage(FieldType):
    name = "stage"
    label = Text.of({"en": "Stage", "zh-CN": "阶段"})
    help = Text.of({"en": "Where a record stands in a pipeline.", "zh-CN": "记录在流程中所处的阶段。"})
    icon = "circle-dot"
    hue = "violet"
    options = {
        "pipeline": {"type": "string", "description": "The name of the pipeline the stages come from."},
    }
    required_options = ("pipeline",)
    samples = (
        Sample("open", "open", "Open", {"pipeline": "sales"}),
        Sample("Won", "won", "Won", {"pipeline": "sales"}),
        Sample("赢单", "won", "Won", {"pipeline": "sales"}),
    )
    refused = ("paused", "输单")
    comparisons = ("any_of", "none_of", "changed_last", "unchanged_for", "empty", "not_empty")
    widget = "stage"
    width = 136
    slot = "badge"

    def expression_type(self, field: Field) -> Type:
        return choice((option.key for option in field.options), pipeline=field.settings.get("pipeline"))

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, plain_text()),)

    def json_schema(self, field: Field) -> JsonSchema:
        return {"type": "string", "enum": [option.key for option in field.options]}

    def parse(self, typed: str, field: Field, formats: Formats) -> str:
        key = option_key(typed, field)
        if key is None:
            raise refuse("stage")
        return key

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return option_label(value, field, formats)

    def sheet_value(self, value: Any, field: Field, formats: Formats) -> SheetValue:
        return self.format(value, field, formats)
