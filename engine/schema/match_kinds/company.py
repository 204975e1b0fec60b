"""Names of companies that are alike, whatever their legal form."""

from __future__ import annotations

from typing import Any

from engine.locale.text import Text
from engine.schema import company_names
from engine.schema.match_kind import MatchKind


class AlikeCompany(MatchKind):
    name = "company"
    help = Text.of(
        {
            "en": "A name almost the same, without the legal form (有限公司, Ltd, GmbH and the like); Chinese also as "
            "pinyin.",
            "zh-CN": "名称近似，忽略公司形式（有限公司、Ltd、GmbH 等）；中文也按拼音比较。",
        }
    )
    types = ("text",)
    at_least = 88
    fuzzy = True

    def keys(self, value: Any, ignore_tag: bool = False) -> tuple[str, ...]:
        return company_names.keys(str(value))

    def likeness(self, one: Any, other: Any, ignore_tag: bool = False) -> int:
        return company_names.likeness(str(one), str(other))
