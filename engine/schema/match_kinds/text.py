"""The same text, whatever its case, width and spaces."""

from __future__ import annotations

from typing import Any

from engine.locale.text import Text
from engine.schema.match_kind import MatchKind
from engine.schema.sorting import fold


class SameText(MatchKind):
    name = "text"
    help = Text.of(
        {
            "en": "The same text, whatever its case, width and spaces.",
            "zh-CN": "文本相同，不区分大小写、全半角和空格。",
        }
    )
    types = ("text", "autonumber", "long_text", "url", "email", "person_name")

    def keys(self, value: Any, ignore_tag: bool = False) -> tuple[str, ...]:
        folded = fold(str(value))
        return (folded,) if folded else ()
