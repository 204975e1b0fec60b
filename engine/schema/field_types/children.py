"""Line items: records of another entity that belong to this one and are edited in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.expressions.types import Kind, Type, record
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, refuse

if TYPE_CHECKING:
    from engine.schema.model import Field


class Children(FieldType):
    name = "children"
    label = Text.of({"en": "Line items", "zh-CN": "明细"})
    help = Text.of({"en": "Records that belong to this one, edited in place.", "zh-CN": "属于本记录的明细，就地编辑。"})
    icon = "rows-3"
    hue = "blue"
    options = {
        "of": {"type": "string", "description": "The entity of the line items."},
        "key": {"type": "string", "description": "The link field of that entity that points back at this one."},
    }
    required_options = ("of", "key")
    refused = ("17", "明细")
    comparisons = ()
    widget = "children"
    wide = True
    stored = False
    sortable = False

    def target(self, settings: Mapping[str, Any]) -> str | None:
        return settings.get("of")

    def expression_type(self, field: Field) -> Type:
        return Type(Kind.LIST, item=record(field.target or ""))

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return ()

    def parse(self, typed: str, field: Field, formats: Formats) -> Any:
        """Line items are records of their own; there is no text for them."""
        raise refuse("children")
