"""Why a file cannot be read as a table."""

from __future__ import annotations

from typing import Any

from engine.locale.catalogue import message_text


class UnreadableFile(Exception):
    """`message` is the catalogue's sentence `unreadable.<key>`, in both languages."""

    def __init__(self, key: str, **slots: Any) -> None:
        self.key, self.slots = key, slots
        self.message = message_text(f"unreadable.{key}", **slots)
        super().__init__(self.message.in_("en"))
