"""The same e-mail address, whatever its case."""

from __future__ import annotations

from typing import Any

from engine.locale.text import Text
from engine.schema.match_kind import MatchKind
from engine.schema.sorting import fold


class SameEmail(MatchKind):
    name = "email"
    help = Text.of(
        {
            "en": "The same e-mail address, whatever its case; with `ignore_tag` ann+news@ is ann@ too.",
            "zh-CN": "邮箱地址相同，不区分大小写；加上 `ignore_tag` 时 ann+news@ 也视为 ann@。",
        }
    )
    types = ("email", "text")

    def keys(self, value: Any, ignore_tag: bool = False) -> tuple[str, ...]:
        local, at, domain = fold(str(value)).rpartition("@")
        if not at or not local:
            return ()
        return (f"{local.partition('+')[0] or local if ignore_tag else local}@{domain}",)
