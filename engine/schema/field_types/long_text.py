"""Text of several lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, Sample, refuse
from engine.schema.sorting import plain_text
from engine.schema.typed_text import many_lines

if TYPE_CHECKING:
    from engine.schema.model import Field

LONGEST = 100_000


class LongText(FieldType):
    name = "long_text"
    label = Text.of({"en": "Long text", "zh-CN": "多行文本"})
    help = Text.of({"en": "Text of several lines, such as a description.", "zh-CN": "多行文字，例如说明。"})
    icon = "align-left"
    options = {
        "max": {
            "type": "integer",
            "minimum": 1,
            "maximum": LONGEST,
            "description": f"The most characters allowed; {LONGEST} when it is not written.",
        },
    }
    samples = (
        Sample("Wants a call\r\nin May", "Wants a call\nin May", "Wants a call\nin May", {"max": 30}),
        Sample("第一行\n第二行", "第一行\n第二行", "第一行\n第二行"),
    )
    refused = ("a text of more than thirty characters",)
    comparisons = ("contains", "empty", "not_empty")
    widget = "long_text"
    width = 260
    wide = True
    sortable = False

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, plain_text()),)

    def parse(self, typed: str, field: Field, formats: Formats) -> str | None:
        return many_lines(typed)

    def validate(self, value: Any, field: Field) -> None:
        most = field.settings.get("max", LONGEST)
        if len(value) > most:
            raise refuse("long", count=most)
