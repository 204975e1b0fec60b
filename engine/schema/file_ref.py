"""One attached file as a value holds it: enough to show it without another look."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from engine.schema.field_type import refuse
from engine.schema.file_kinds import UNKNOWN_MEDIA

LONGEST_NAME = 255
"""Bytes in UTF-8, what file systems take."""
LINE = re.compile(r"([0-9]{1,16})(?: ([a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,90}) ([0-9]{1,15}) (.{1,255}))?", re.ASCII)
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
JOINERS = "\N{ZERO WIDTH JOINER}\N{VARIATION SELECTOR-16}"
"""What emoji are made of; alone among the unseen they stay."""
FORBIDDEN = re.compile(r'[<>:"|?*]')


class FileRef(NamedTuple):
    """`id` is all that a person's form decides; the gateway fills in the rest from what is stored."""

    id: int
    name: str = ""
    media: str = UNKNOWN_MEDIA
    size: int = 0
    """Bytes."""

    def line(self) -> str:
        """As a form posts it: `17 application/pdf 2048 offer.pdf`."""
        return f"{self.id} {self.media} {self.size} {self.name}" if self.name else str(self.id)


def refs(parts: Iterable[Any]) -> tuple[FileRef, ...]:
    return tuple(FileRef(*part) for part in parts)


def read_line(line: str) -> FileRef:
    """Raises `ValueRefused`."""
    found = LINE.fullmatch(line.strip())
    if found is None or int(found[1]) == 0:
        raise refuse("file_reference")
    return FileRef(int(found[1]), found[4], found[2], int(found[3])) if found[4] else FileRef(int(found[1]))


def read_map(value: Any) -> FileRef:
    """A file in JSON: its id, or a map with its `id`. Raises `ValueRefused`."""
    if not isinstance(value, Mapping):
        return read_line(str(value))
    size = value.get("size", 0)
    ref = read_line(str(value.get("id", "")))
    return FileRef(ref.id, str(value.get("name", "")), str(value.get("media", UNKNOWN_MEDIA)), int(size or 0))


def clean_name(name: str) -> str:
    """The last part of a path without what cannot be seen or turns the reading direction, in at most 255 bytes; the
    ending is kept. "file" when nothing is left."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(letter for letter in last if letter in JOINERS or unicodedata.category(letter) not in UNSEEN)
    plain = " ".join(FORBIDDEN.sub("_", seen).split()).strip(". ")
    return _shortened(plain) or "file"


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = dot + ending if stem and len(ending.encode()) <= 20 else ""
    room = LONGEST_NAME - len(tail.encode())
    return name.removesuffix(tail).encode()[:room].decode(errors="ignore").rstrip() + tail
