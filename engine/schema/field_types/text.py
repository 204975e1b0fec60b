"""A line of text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.locale.formats import Formats
from engine.locale.text import Text as Label
from engine.schema.field_type import FieldType, Sample, refuse
from engine.schema.sorting import fold, plain_text, sort_key
from engine.schema.typed_text import one_line

if TYPE_CHECKING:
    from engine.schema.model import Field

LONGEST = 500
"""Characters: as long as a database index can hold on every database."""


class Text(FieldType):
    name = "text"
    label = Label.of({"en": "Text", "zh-CN": "单行文本"})
    help = Label.of({"en": "A line of text, such as a name.", "zh-CN": "一行文字，例如名称。"})
    icon = "type"
    options = {
        "min": {"type": "integer", "minimum": 1, "maximum": LONGEST, "description": "The fewest characters allowed."},
        "max": {
            "type": "integer",
            "minimum": 1,
            "maximum": LONGEST,
            "description": f"The most characters allowed; {LONGEST} when it is not written.",
        },
        "pattern": {
            "type": "string",
            "format": "regex",
            "description": "A regular expression that the whole text must match.",
        },
    }
    samples = (
        Sample("Northwind", "Northwind", "Northwind", {"min": 2, "max": 20, "pattern": "[^!]+"}),
        Sample("北京远航科技有限公司", "北京远航科技有限公司", "北京远航科技有限公司"),
        Sample("Cafe\N{COMBINING ACUTE ACCENT}", "Café", "Café"),
        Sample("two\nlines", "two lines", "two lines"),
    )
    refused = ("x", "a text of more than twenty characters", "Northwind!")
    comparisons = ("contains", "starts_with", "is", "is_not", "empty", "not_empty")
    width = 200

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        names = [field.name, f"{field.name}__k", *([f"{field.name}__u"] if field.compared else [])]
        return tuple(Column(name, plain_text()) for name in names)

    def companions(self, value: Any, field: Field) -> Mapping[str, Any]:
        written = {f"{field.name}__k": value if value is None else sort_key(value)}
        if field.compared:
            written[f"{field.name}__u"] = value if value is None else fold(value)
        return written

    def sort_column(self, field: Field) -> str:
        return f"{field.name}__k"

    def unique_column(self, field: Field) -> str:
        return f"{field.name}__u" if field.compared else field.name

    def parse(self, typed: str, field: Field, formats: Formats) -> str | None:
        return one_line(typed)

    def validate(self, value: Any, field: Field) -> None:
        least, most = field.settings.get("min", 0), field.settings.get("max", LONGEST)
        if len(value) < least:
            raise refuse("short", count=least)
        if len(value) > most:
            raise refuse("long", count=most)
        pattern = field.settings.get("pattern")
        if pattern is not None and not re.fullmatch(pattern, value):
            raise refuse("pattern")
