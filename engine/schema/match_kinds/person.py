"""Names of people that are alike, in either order."""

from __future__ import annotations

from typing import Any

from engine.locale.text import Text
from engine.schema import person_names
from engine.schema.match_kind import MatchKind


class AlikePerson(MatchKind):
    name = "person"
    help = Text.of(
        {
            "en": "A name almost the same, its parts in either order; Chinese also as pinyin: 张伟 is Zhang Wei.",
            "zh-CN": "姓名近似，姓与名的先后不限；中文也按拼音比较，因此“张伟”与 Zhang Wei 视为相同。",
        }
    )
    types = ("person_name", "text")
    at_least = 88
    fuzzy = True

    def keys(self, value: Any, ignore_tag: bool = False) -> tuple[str, ...]:
        return person_names.keys(str(value))

    def likeness(self, one: Any, other: Any, ignore_tag: bool = False) -> int:
        return person_names.likeness(str(one), str(other))
