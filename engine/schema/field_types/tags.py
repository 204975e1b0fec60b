"""Free words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from zlib import crc32

from sqlalchemy import Column

from engine.expressions.types import TEXT, Kind, Type
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.columns import Words
from engine.schema.field_type import FieldType, JsonSchema, Sample, refuse
from engine.schema.sorting import fold
from engine.schema.typed_text import one_line

if TYPE_CHECKING:
    from engine.schema.model import Field

SEPARATOR = re.compile(r"[,，、;；\r\n]")
UNSAID = re.compile(r'^[#＃]|["\\]')
"""Signs no tag has: it is looked for between the quotes of a JSON text."""
MOST, LONGEST = 50, 40
HUES = ("red", "orange", "amber", "lime", "green", "teal", "sky", "blue", "violet", "plum", "rose")


class Tags(FieldType):
    name = "tags"
    label = Text.of({"en": "Tags", "zh-CN": "标签"})
    help = Text.of({"en": "Free words, separated by commas.", "zh-CN": "自由填写的词语，用逗号分隔。"})
    icon = "tags"
    hue = "sky"
    samples = (
        Sample("vip, New customer,VIP", ("vip", "New customer"), "vip, New customer"),
        Sample("重点客户、展会，展会", ("重点客户", "展会"), "重点客户, 展会"),
        Sample('#press; "quoted"', ("press", "quoted"), "press, quoted"),
        Sample("Cafe\N{COMBINING ACUTE ACCENT}\nＶＩＰ", ("Café", "ＶＩＰ"), "Café, ＶＩＰ"),
    )
    refused = ("x" * 41, "，".join(map(str, range(51))))
    comparisons = ("any_of", "all_of", "none_of", "empty", "not_empty")
    widget = "tags"
    width = 180
    structured = True
    sortable = False
    suggested = True

    def expression_type(self, field: Field) -> Type:
        return Type(Kind.LIST, item=TEXT)

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, Words()),)

    def parse(self, typed: str, field: Field, formats: Formats) -> tuple[str, ...] | None:
        """Each word once, whatever its case, in the order written."""
        cleaned = (one_line(UNSAID.sub("", word.strip())) for word in SEPARATOR.split(typed))
        words: dict[str, str] = {}
        for word in filter(None, cleaned):
            words.setdefault(fold(word), word)
        return tuple(words.values()) or None

    def accept(self, value: Any, field: Field) -> tuple[str, ...] | None:
        text = "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
        return self.parse(text, field, Formats.neutral())

    def validate(self, value: Any, field: Field) -> None:
        if len(value) > MOST:
            raise refuse("tags", count=MOST)
        if any(len(word) > LONGEST for word in value):
            raise refuse("tag", count=LONGEST)

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return ("、" if formats.language.startswith("zh") else ", ").join(value)

    def tags(self, value: Any, field: Field, formats: Formats) -> tuple[tuple[str, str], ...]:
        """A word has the same hue wherever it is seen."""
        return tuple((word, HUES[crc32(fold(word).encode()) % len(HUES)]) for word in value)

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return ", ".join(value)

    def json_schema(self, field: Field) -> JsonSchema:
        return {"type": "array", "items": {"type": "string"}}

    def to_json(self, value: Any) -> list[str]:
        return list(value)
