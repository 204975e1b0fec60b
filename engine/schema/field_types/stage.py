"""Where a record stands in a pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expressions.types import Type, choice
from engine.locale.text import Text
from engine.schema.field_type import Sample
from engine.schema.option_type import OptionType

if TYPE_CHECKING:
    from engine.schema.model import Field


class Stage(OptionType):
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

    def expression_type(self, field: Field) -> Type:
        return choice((option.key for option in field.options), pipeline=field.settings.get("pipeline"))
