"""Texts that are alike, their words in any order."""

from __future__ import annotations

from typing import Any

from engine.locale.text import Text
from engine.schema.likeness import edges, of_words, plain_forms, words
from engine.schema.match_kind import MatchKind


class Similar(MatchKind):
    name = "similar"
    help = Text.of(
        {"en": "A text almost the same, its words in any order.", "zh-CN": "文本近似，词序不限。"},
    )
    types = ("text", "long_text", "person_name")
    at_least = 90
    fuzzy = True

    def keys(self, value: Any, ignore_tag: bool = False) -> tuple[str, ...]:
        forms = ("".join(sorted(words(plain))) for plain in plain_forms(str(value)))
        return tuple(dict.fromkeys(key for form in forms for key in edges(form)))

    def likeness(self, one: Any, other: Any, ignore_tag: bool = False) -> int:
        forms = [[words(plain) for plain in plain_forms(str(text))] for text in (one, other)]
        return max((of_words(a, b) for a in forms[0] for b in forms[1] if a and b), default=0)
