"""The values of parameters in a blueprint's text: `${param.x}` in plain texts, `when_param` on what they leave out.
What an expression reads of them is compiled later."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingType, Set
from dataclasses import replace

from engine.language.nodes import Entry, Mapping, Node, Place, Scalar, Sequence
from engine.language.problems import Problems, nearest

SECTION, WHEN = "parameters", "when_param"
EXPRESSIONS = frozenset(
    (
        "required",
        "visible",
        "readonly",
        "validate",
        "if",
        "filter",
        "where",
        "expr",
        "never",
        "read",
        "update",
        "delete",
    )
)
"""Keys of expressions, which know parameters by their names."""
RECORDS = ("seed", "demo")
_MENTION = re.compile(r"\$\{param\.([A-Za-z0-9_]+)\}")


def with_values(root: Mapping, values: MappingType[str, str], asked: Set[str], problems: Problems) -> Mapping:
    """The tree with the values of a workspace in place of defaults. Those that are `asked` for must be parameters;
    others may be left from an older blueprint."""
    section = root.get(SECTION)
    known = section if isinstance(section, Mapping) else Mapping(root.place)
    for name in sorted(asked - set(known)):
        problems.note("E243", _place(name, values[name]), {"name": name}, near=nearest(name, known))
    given = {name: text for name, text in values.items() if isinstance(known.get(name), Mapping)}
    if not given:
        return root
    entries = (
        replace(entry, value=_with_default(entry.value, entry.key.text, given[entry.key.text]))
        if entry.key.text in given
        else entry
        for entry in known.entries
    )
    return root.with_entry(SECTION, Mapping(known.place, tuple(entries)))


def _with_default(node: Node, name: str, text: str) -> Node:
    return node.with_entry("default", Scalar(_place(name, text), text)) if isinstance(node, Mapping) else node


def _place(name: str, text: str) -> Place:
    return Place(f"{name}={text}", 1, 1)


def apply_parameters(root: Mapping, problems: Problems) -> tuple[Mapping, frozenset[str]]:
    """The tree without what parameters leave out and with their values in its texts; and the names it mentioned."""
    section = root.get(SECTION)
    reader = _Reader(section if isinstance(section, Mapping) else Mapping(root.place), problems)
    left_alone = (SECTION, *(() if reader.known else RECORDS))
    entries = []
    for entry in root.entries:
        value = entry.value if entry.key.text in left_alone else reader.read(entry.value)
        if value is not None:
            entries.append(entry if value is entry.value else replace(entry, value=value))
    return Mapping(root.place, tuple(entries)), frozenset(reader.mentioned)


class _Reader:
    def __init__(self, section: Mapping, problems: Problems) -> None:
        self.problems = problems
        self.known = {name: _default(node) for name, node in section.items()}
        self.mentioned: set[str] = set()

    def read(self, node: Node, key: str = "") -> Node | None:
        """The node itself when nothing of it changes; None when it is left out."""
        if isinstance(node, Scalar):
            return self._text(node, key)
        if isinstance(node, Sequence):
            items = [self.read(item) for item in node.items]
            same = len(items) == len(node.items) and all(a is b for a, b in zip(items, node.items, strict=True))
            return node if same else Sequence(node.place, tuple(item for item in items if item is not None))
        when = node.get(WHEN)
        if when is not None and not self._holds(when):
            return None
        return self._entries(node if when is None else node.without(WHEN), same_as=node)

    def _entries(self, node: Mapping, same_as: Mapping) -> Mapping:
        entries: list[Entry] = []
        for entry in node.entries:
            value = self.read(entry.value, entry.key.text)
            if value is not None:
                entries.append(entry if value is entry.value else replace(entry, value=value))
        same = node is same_as and len(entries) == len(node.entries)
        same = same and all(a is b for a, b in zip(entries, node.entries, strict=True))
        return node if same else Mapping(node.place, tuple(entries))

    def _holds(self, when: Node) -> bool:
        if isinstance(when, Mapping):
            return all(self._is(entry.key, entry.value) for entry in when.entries)
        value = self._value(when, when.text, 0) if isinstance(when, Scalar) else None
        if isinstance(when, Scalar) and value is not None and not isinstance(value.value, bool):
            self.problems.note("E246", when.place, {"name": when.text}, length=when.width)
        return value is not None and value.value is True

    def _is(self, name: Scalar, wanted: Node) -> bool:
        value = self._value(name, name.text, 0)
        among = wanted.items if isinstance(wanted, Sequence) else (wanted,)
        return value is not None and value.text in [each.text for each in among if isinstance(each, Scalar)]

    def _text(self, node: Scalar, key: str) -> Scalar:
        found = list(_MENTION.finditer(node.text)) if "${param." in node.text else []
        if not found:
            return node
        if key in EXPRESSIONS or node.text.startswith("="):
            for each in found:
                given = {"written": each.group(), "wanted": f"param.{each[1]}"}
                self.problems.note("E245", node.place_at(each.start()), given, length=len(each.group()))
            return replace(node, text=_MENTION.sub(r"param.\1", node.text))
        values = [self._value(node, each[1], each.start() + len("${param.")) for each in found]
        if len(found) == 1 and found[0].group() == node.text and values[0] is not None:
            return replace(values[0], place=node.place, width=node.width)
        texts = iter([value.text if value is not None else "" for value in values])
        return replace(node, text=_MENTION.sub(lambda _: next(texts), node.text))

    def _value(self, node: Scalar, name: str, offset: int) -> Scalar | None:
        self.mentioned.add(name)
        if name not in self.known:
            place = node.place_at(offset)
            self.problems.note("E243", place, {"name": name}, near=nearest(name, self.known), length=len(name))
            return None
        return self.known[name]


def _default(node: Node) -> Scalar | None:
    written = node.get("default") if isinstance(node, Mapping) else None
    return written if isinstance(written, Scalar) else None
