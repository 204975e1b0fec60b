"""Section trees laid together: the files of one package, and a package over the one it extends."""

from __future__ import annotations

from collections.abc import Iterable

from engine.language.nodes import Entry, Mapping, Node, Place, Scalar, Sequence
from engine.language.problems import Problems

LISTS = ("tests",)
"""Sections that are lists: what several files of a package say of them stands one after the other."""


def joined(roots: Iterable[Mapping], place: Place, problems: Problems) -> Mapping:
    """The sections of the files of one package as one tree; a value given by two of them is a problem."""
    whole = Mapping(place)
    for root in roots:
        whole = _join(whole, root, "", problems)
    return whole


def _join(first: Mapping, second: Mapping, path: str, problems: Problems) -> Mapping:
    entries = {entry.key.text: entry for entry in first.entries}
    clashed = False
    for entry in second.entries:
        name = entry.key.text
        before = entries.get(name)
        if before is None:
            entries[name] = entry
        elif isinstance(before.value, Mapping) and isinstance(entry.value, Mapping):
            entries[name] = Entry(before.key, _join(before.value, entry.value, f"{path}{name}.", problems))
        elif not path and name in LISTS and isinstance(before.value, Sequence) and isinstance(entry.value, Sequence):
            items = (*before.value.items, *entry.value.items)
            entries[name] = Entry(before.key, Sequence(before.value.place, items))
        elif not clashed:
            clashed = True
            _tell(entry.key, before.key, path + name, problems)
    return Mapping(first.place, tuple(entries.values()))


def _tell(key: Scalar, other: Scalar, name: str, problems: Problems) -> None:
    problems.add("E221", key.place, length=key.width, name=name, other=str(other.place))


def overlaid(base: Node, over: Node) -> Node:
    """`over` laid on `base`: maps, and lists of maps that have a `key`, merge by key; otherwise `over` wins."""
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        return overlaid_maps(base, over)
    if isinstance(base, Sequence) and isinstance(over, Sequence):
        below, above = _by_key(base), _by_key(over)
        if below and above:
            merged = {key: overlaid(item, above[key]) if key in above else item for key, item in below.items()}
            return Sequence(over.place, tuple({**above, **merged}[key] for key in dict.fromkeys([*below, *above])))
    return over


def overlaid_maps(base: Mapping, over: Mapping) -> Mapping:
    entries = {entry.key.text: entry for entry in base.entries}
    for entry in over.entries:
        below = entries.get(entry.key.text)
        entries[entry.key.text] = Entry(entry.key, overlaid(below.value, entry.value)) if below else entry
    return Mapping(over.place, tuple(entries.values()))


def _by_key(node: Sequence) -> dict[str, Mapping]:
    """The items by their `key`; nothing when one of them has none."""
    keyed: dict[str, Mapping] = {}
    for item in node.items:
        key = item.get("key") if isinstance(item, Mapping) else None
        if not isinstance(item, Mapping) or not isinstance(key, Scalar):
            return {}
        keyed[key.text] = item
    return keyed
