"""The same phone number, however it is written; an extension does not matter."""

from __future__ import annotations

from typing import Any

from engine.locale.text import Text
from engine.schema.match_kind import MatchKind


class SamePhone(MatchKind):
    name = "phone"
    help = Text.of(
        {
            "en": "The same phone number (E.164), however it is written; an extension does not matter.",
            "zh-CN": "电话号码相同（按 E.164 比较），不论写法，忽略分机号。",
        }
    )
    types = ("phone",)

    def keys(self, value: Any, ignore_tag: bool = False) -> tuple[str, ...]:
        return (str(value).partition(";")[0],)
