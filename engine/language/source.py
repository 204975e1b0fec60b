"""Blueprint text to nodes with places. Strict: what YAML would swallow or reinterpret is a problem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import yaml

from engine.language.cuts import tails_of
from engine.language.files import MAX_BYTES, decoded, files_below, legible, read_content, too_large
from engine.language.nodes import Entry, Mapping, Node, Place, Scalar, Sequence, from_plain, plain
from engine.language.problem_kind import both
from engine.language.problems import Problems
from engine.language.syntax import Fault, Note, explain
from engine.locale.text import Text

__all__ = [
    "Entry",
    "Mapping",
    "Node",
    "Place",
    "Scalar",
    "Sequence",
    "SourceFile",
    "from_plain",
    "plain",
    "read_bytes",
    "read_file",
    "read_folder",
    "read_text",
]

MAX_DEPTH = 40
MAX_NODES = 200_000
MAX_PROBLEMS = 100

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ITEM = both("this item of the list", "列表中的这一项")
_LIST = both("a list", "列表")
_SINGLE = both("a single text", "单个文本")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file. `name` is relative to its folder, with forward slashes."""

    name: str
    text: str
    root: Mapping


class _Stop(Exception):
    """The file is not worth reading on; the problem is noted."""


def read_text(text: str, name: str, problems: Problems) -> SourceFile | None:
    """Never raises; None, with a problem, when the text could not be read to its end."""
    clean = legible(text, name, problems)
    if clean is None:
        return None
    reader = _Reader(name)
    root, broken = None, None
    try:
        root = reader.document(clean)
    except _Stop:
        pass
    except yaml.MarkedYAMLError as error:
        broken = explain(_fault(error), clean, name)
        reader.notes = [note for note in reader.notes if note.place.line != broken.place.line]
    for note in (*reader.notes, *([broken] if broken else [])):
        problems.note(note.code, note.place, note.values, length=note.length)
    return None if root is None else SourceFile(name, clean, root)


def read_bytes(data: bytes, name: str, problems: Problems) -> SourceFile | None:
    """Like `read_text`, of UTF-8 bytes."""
    if len(data) > MAX_BYTES:
        too_large(len(data), name, problems)
        return None
    text = decoded(data, name, problems)
    return None if text is None else read_text(text, name, problems)


def read_file(path: Path, name: str, problems: Problems) -> SourceFile | None:
    data = read_content(path, name, problems)
    return None if data is None else read_bytes(data, name, problems)


def read_folder(path: Path, problems: Problems, *, prefix: str = "") -> tuple[SourceFile, ...]:
    """Every *.yaml below `path` in the order of their names; `path` may be one file. `prefix` goes before the names."""
    if path.is_file():
        read = [read_file(path, prefix + path.name, problems)]
    elif path.is_dir():
        names = files_below(path, ".yaml", problems, prefix=prefix)
        if not names:
            problems.add("E119", Place(prefix or path.name or ".", 1, 1))
        read = [read_file(path / name, prefix + name, problems) for name in names]
    else:
        problems.add("E118", Place(path.name or ".", 1, 1), path=str(path))
        read = []
    return tuple(file for file in read if file is not None)


def _fault(error: yaml.MarkedYAMLError) -> Fault:
    mark, opened = error.problem_mark, error.context_mark
    return Fault(
        problem=error.problem or "",
        context=error.context or "",
        line=mark.line if mark else 0,
        column=mark.column if mark else 0,
        opened=(opened.line, opened.column) if opened else None,
    )


class _Reader:
    """Builds the nodes of one file from the parser's events."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.notes: list[Note] = []
        self.text = ""
        self.nodes = 0
        self.told: set[Place] = set()
        self.events: Iterator[yaml.Event] = iter(())

    def document(self, text: str) -> Mapping:
        self.text = text
        self.events = iter(yaml.parse(text, _LOADER))
        next(self.events)
        start = next(self.events)
        if not isinstance(start, yaml.DocumentStartEvent):
            self.stop("E102", Place(self.name, 1, 1))
        if start.version or start.tags:
            self.stop("E131", self.place(start))
        root = self.node(next(self.events), 1)
        next(self.events)
        after = next(self.events)
        if isinstance(after, yaml.DocumentStartEvent):
            self.stop("E113", self.place(after), length=3)
        return self.mapping(root)

    def mapping(self, root: Node) -> Mapping:
        if isinstance(root, Mapping):
            return root
        if root.place in self.told:
            raise _Stop
        if isinstance(root, Scalar) and root.missing:
            self.stop("E102", root.place)
        self.stop("E115", root.place, found=_LIST if isinstance(root, Sequence) else _SINGLE)

    def node(self, event: Any, depth: int) -> Node:
        place = Place(self.name, event.start_mark.line + 1, event.start_mark.column + 1)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.stop("E112", place, limit=f"{MAX_NODES:,}")
        if depth > MAX_DEPTH:
            self.stop("E111", place, limit=str(MAX_DEPTH))
        if event.anchor is not None or (not isinstance(event, yaml.AliasEvent) and event.tag is not None):
            self.refuse_extras(event, place)
        if isinstance(event, yaml.ScalarEvent):
            width = _width(event)
            return Scalar(place, event.value, event.style or "", width, self.raw(event, width))
        if isinstance(event, yaml.MappingStartEvent):
            return Mapping(place, self.entries(depth + 1))
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(place, self.items(depth + 1))
        return Scalar(place, "")

    def raw(self, event: yaml.ScalarEvent, width: int) -> str:
        """The scalar as it is written, unless that is its text, between quotes or not."""
        margin = 2 if event.style in ("'", '"') else 0
        start, end = event.start_mark, event.end_mark
        if start is None or end is None or width == len(event.value) + margin:
            return ""
        return self.text[start.index : end.index]

    def refuse_extras(self, event: yaml.Event, place: Place) -> None:
        """Anchors, aliases and tags."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            mark = ("*" if isinstance(event, yaml.AliasEvent) else "&") + anchor
            self.tell("E108", place, length=len(mark), mark=mark)
        elif tag is not None:
            self.tell("E109", place, mark=tag.replace("tag:yaml.org,2002:", "!!"))

    def items(self, depth: int) -> tuple[Node, ...]:
        found: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.node(event, depth))
        kept = []
        for item in self.mended(found):
            if _is_missing(item) and item.place not in self.told:
                self.tell("E103", item.place, what=_ITEM)
            kept.append(item)
        return tuple(kept)

    def entries(self, depth: int) -> tuple[Entry, ...]:
        keys: list[Node] = []
        values: list[Node] = []
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            keys.append(self.node(event, depth))
            values.append(self.node(next(self.events), depth))
        kept: dict[str, Entry] = {}
        for key, value in self.mended_pairs(keys, values):
            if self.usable(key, kept) and isinstance(key, Scalar):
                self.require_value(key, value)
                kept[key.text] = Entry(key, value)
        return tuple(kept.values())

    def usable(self, key: Node, before: dict[str, Entry]) -> bool:
        if not isinstance(key, Scalar) or key.missing:
            if key.place not in self.told:
                self.tell("E116", key.place)
        elif key.plain and key.text == "<<":
            self.tell("E110", key.place, length=2)
        elif first := before.get(key.text):
            self.tell("E107", key.place, length=key.width, key=key.text, first=str(first.key.place.line))
        else:
            return True
        return False

    def require_value(self, key: Scalar, value: Node) -> None:
        if _is_missing(value) and value.place not in self.told:
            self.tell("E103", key.place, length=key.width, what=_key(key.text))

    def mended(self, items: list[Node]) -> Iterator[Node]:
        """The items of a list; a text that a comma cut in pieces is a problem and becomes one missing value."""
        at = 0
        while at < len(items):
            tails = tails_of(items, at)
            yield self.cut(items[at]) if tails else items[at]
            at += 1 + tails

    def mended_pairs(self, keys: list[Node], values: list[Node]) -> Iterator[tuple[Node, Node]]:
        """The entries of a map, likewise: the pieces after the first are keys without a value."""
        at = 0
        while at < len(keys):
            tails = tails_of(values, at, keys)
            yield keys[at], self.cut(values[at]) if tails else values[at]
            at += 1 + tails

    def cut(self, piece: Node) -> Scalar:
        if isinstance(piece, Scalar):
            self.tell("E121", piece.place, length=piece.width, text=piece.text)
        return Scalar(piece.place, "")

    def tell(self, code: str, place: Place, *, length: int = 0, **values: str | Text) -> None:
        """Note a problem and read on."""
        if len(self.notes) >= MAX_PROBLEMS:
            self.stop("E130", place, limit=str(MAX_PROBLEMS))
        self.told.add(place)
        self.notes.append(Note(code, place, length, values))

    def stop(self, code: str, place: Place, *, length: int = 0, **values: str | Text) -> NoReturn:
        self.notes.append(Note(code, place, length, values))
        raise _Stop

    def place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.name, mark.line + 1, mark.column + 1) if mark else Place(self.name, 1, 1)


def _width(event: yaml.Event) -> int:
    start, end = event.start_mark, event.end_mark
    return end.column - start.column if start and end and start.line == end.line else 0


def _is_missing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.missing


def _key(name: str) -> Text:
    return both(f'the key "{name}"', f"键“{name}”")
