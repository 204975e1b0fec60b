"""The same value: the same linked record, choice, number or day."""

from __future__ import annotations

from typing import Any

from engine.locale.text import Text
from engine.schema.match_kind import MatchKind


class Exact(MatchKind):
    name = "exact"
    help = Text.of(
        {
            "en": "The same value: the same linked record, choice, number or day.",
            "zh-CN": "值相同：同一关联记录、选项、数字或日期。",
        }
    )
    types = ("link", "user", "team", "any_link", "choice", "boolean", "integer", "decimal", "money", "date", "datetime")

    def keys(self, value: Any, ignore_tag: bool = False) -> tuple[str, ...]:
        return (str(value),)
