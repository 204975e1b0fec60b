"""What a blueprint's text becomes: scalars, mappings and sequences that know where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping as AnyMapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from engine.language.scalar_places import place_in

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,30})?")
_WORDS = {"true": True, "false": False, "null": None}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file, counted from 1. Written as `entities/deal.yaml:14:31`."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it was written. `quote` is "" for a plain scalar, else one of ' " | >.
    `width` is the number of characters it takes in its line, 0 when it spans several."""

    place: Place
    text: str
    quote: str = ""
    width: int = 0
    raw: str = field(default="", repr=False, compare=False)
    """As it is written in the file, where escapes or line breaks make that another text."""
    cut: str = field(default="", repr=False, compare=False)
    """What stood in front of the text and is no part of it."""

    @property
    def plain(self) -> bool:
        return not self.quote

    @property
    def missing(self) -> bool:
        """Nothing is written here; the reader has said so already."""
        return not self.quote and not self.text

    @property
    def numeric(self) -> bool:
        return not self.quote and _NUMBER.fullmatch(self.text) is not None

    @property
    def value(self) -> bool | str | int | Decimal | None:
        """A plain true, false, null or number as such; everything else is text."""
        if self.missing:
            return None
        if not self.quote and self.text in _WORDS:
            return _WORDS[self.text]
        if self.numeric:
            return Decimal(self.text) if "." in self.text else int(self.text)
        return self.text

    def place_at(self, offset: int) -> Place:
        """The place of the character `offset` of the text; the scalar's own where that cannot be told."""
        margin = 1 if self.quote in ("'", '"') else 0
        if self.width == len(self.text) + 2 * margin:
            return replace(self.place, column=self.place.column + margin + offset)
        found = place_in(self.raw, self.quote, self.cut + self.text, len(self.cut) + offset) if self.raw else None
        if found is None:
            return self.place
        line, column = found
        start = 1 if line else self.place.column
        return replace(self.place, line=self.place.line + line, column=start + column)

    def without_start(self, length: int) -> Scalar:
        """The scalar without the first characters of its text; places in it stay where they are."""
        cut, text = self.text[:length], self.text[length:]
        if self.raw:
            return replace(self, text=text, cut=self.cut + cut)
        place = replace(self.place, column=self.place.column + length)
        return replace(self, text=text, place=place, width=max(self.width - length, 0))


@dataclass(frozen=True, slots=True)
class Entry:
    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    place: Place
    entries: tuple[Entry, ...] = ()
    _by_name: dict[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {entry.key.text: entry for entry in self.entries})

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def get(self, name: str) -> Node | None:
        entry = self._by_name.get(name)
        return entry.value if entry else None

    def key(self, name: str) -> Scalar | None:
        """The key `name` as it was written, with its place."""
        entry = self._by_name.get(name)
        return entry.key if entry else None

    def items(self) -> Iterator[tuple[str, Node]]:
        return ((entry.key.text, entry.value) for entry in self.entries)

    def with_entry(self, name: str, value: Node) -> Mapping:
        """A copy in which `name` has `value`; a new name goes to the end."""
        if name not in self:
            return Mapping(self.place, (*self.entries, Entry(Scalar(value.place, name), value)))
        return Mapping(self.place, tuple(replace(e, value=value) if e.key.text == name else e for e in self.entries))

    def without(self, name: str) -> Mapping:
        return Mapping(self.place, tuple(entry for entry in self.entries if entry.key.text != name))


@dataclass(frozen=True, slots=True)
class Sequence:
    place: Place
    items: tuple[Node, ...] = ()

    def __len__(self) -> int:
        return len(self.items)


Node = Scalar | Mapping | Sequence


def plain(node: Node) -> Any:
    """The node as dict, list, str, int, Decimal, bool or None."""
    if isinstance(node, Mapping):
        return {name: plain(value) for name, value in node.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.value


def from_plain(value: Any, place: Place) -> Node:
    """Nodes that all stand at `place`, for sections the engine writes itself."""
    if isinstance(value, AnyMapping):
        return Mapping(place, tuple(Entry(Scalar(place, str(k)), from_plain(v, place)) for k, v in value.items()))
    if isinstance(value, list | tuple):
        return Sequence(place, tuple(from_plain(item, place) for item in value))
    if isinstance(value, str):
        return Scalar(place, value, '"')
    words = {True: "true", False: "false", None: "null"}
    return Scalar(place, words[value] if value is None or isinstance(value, bool) else str(value))
