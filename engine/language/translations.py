"""Lays the texts of `i18n` over the nodes they translate: `label: Deal` becomes `{en: Deal, zh-CN: 商机}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from engine.language.nodes import Entry, Mapping, Node, Scalar, Sequence
from engine.language.problems import Problems, nearest
from engine.locale.text import LANGUAGES

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class _Translation:
    language: str
    address: Scalar
    text: Scalar


@dataclass(slots=True)
class _Branch:
    """The translations at and below one place of the tree."""

    here: list[_Translation] = field(default_factory=list)
    below: dict[str, _Branch] = field(default_factory=dict)

    def all(self) -> Iterator[_Translation]:
        waiting = [self]
        while waiting:
            branch = waiting.pop()
            yield from branch.here
            waiting.extend(branch.below.values())


def apply_translations(root: Mapping, problems: Problems) -> Mapping:
    """The tree with its texts in every language that `i18n` gives; an address that names nothing is a problem."""
    tree = _Branch()
    for translation in _translations(root.get("i18n"), problems):
        branch = tree
        for part in translation.address.text.split("."):
            branch = branch.below.setdefault(part, _Branch())
        branch.here.append(translation)
    laid = _lay(root, tree, (), problems)
    return laid if isinstance(laid, Mapping) else root


def _translations(section: Node | None, problems: Problems) -> Iterator[_Translation]:
    """Those that are texts; the section's shape is checked with the other sections."""
    for language in section.entries if isinstance(section, Mapping) else ():
        for entry in language.value.entries if isinstance(language.value, Mapping) else ():
            if isinstance(entry.value, Scalar) and not entry.value.missing:
                yield _Translation(language.key.text, entry.key, entry.value)


def _lay(node: Node, branch: _Branch, path: tuple[str, ...], problems: Problems) -> Node:
    for translation in branch.here:
        node = _translated(node, translation, problems)
    replaced: dict[str, Node] = {}
    children = _children(node)
    for part, below in branch.below.items():
        if part in children:
            replaced[part] = _lay(children[part], below, (*path, part), problems)
        else:
            _tell_unknown(part, path, below, children, problems)
    return _with_children(node, replaced)


def _children(node: Node) -> dict[str, Node]:
    """What an address can name next: the keys of a map; the ids, names or numbers (from 1) of a list's items."""
    if isinstance(node, Mapping):
        return dict(node.items())
    if isinstance(node, Sequence):
        return {_item_name(item, number): item for number, item in enumerate(node.items, start=1)}
    return {}


def _item_name(item: Node, number: int) -> str:
    names = [item.get(key) for key in ("id", "key", "name")] if isinstance(item, Mapping) else []
    return next((name.text for name in names if isinstance(name, Scalar)), str(number))


def _with_children(node: Node, replaced: dict[str, Node]) -> Node:
    if not replaced:
        return node
    if isinstance(node, Mapping):
        entries = (replace(entry, value=replaced.get(entry.key.text, entry.value)) for entry in node.entries)
        return Mapping(node.place, tuple(entries))
    if isinstance(node, Sequence):
        items = (replaced.get(_item_name(item, number), item) for number, item in enumerate(node.items, start=1))
        return Sequence(node.place, tuple(items))
    return node


def _translated(node: Node, translation: _Translation, problems: Problems) -> Node:
    key = replace(translation.text, text=translation.language, quote="")
    if isinstance(node, Scalar) and not node.missing:
        node = Mapping(node.place, (Entry(Scalar(node.place, LANGUAGES[0]), node),))
    address = translation.address
    if not isinstance(node, Mapping) or not _is_text(node):
        problems.add("E162", address.place, length=address.width, address=address.text)
        return node
    before = node.get(translation.language)
    if before is not None and _package(before.place.file) == _package(address.place.file):
        language = translation.language
        problems.add("E163", address.place, length=address.width, address=address.text, language=language)
        return node
    return Mapping(node.place, (*node.without(translation.language).entries, Entry(key, translation.text)))


def _is_text(node: Mapping) -> bool:
    return bool(node.entries) and all(
        _LANGUAGE.fullmatch(entry.key.text) and isinstance(entry.value, Scalar) for entry in node.entries
    )


def _package(file: str) -> tuple[str, ...]:
    """Files of another package than the blueprint's own are named from its folder: `../shared/roles.yaml`."""
    return tuple(file.split("/")[:2]) if file.startswith("../") else ()


def _tell_unknown(
    part: str, path: tuple[str, ...], below: _Branch, children: dict[str, Node], problems: Problems
) -> None:
    near = nearest(part, children)
    for translation in below.all():
        address = translation.address
        rest = address.text.split(".")[len(path) + 1 :]
        meant = ".".join((*path, near, *rest)) if near else None
        problems.add("E161", address.place, near=meant, length=address.width, address=address.text, part=part)
