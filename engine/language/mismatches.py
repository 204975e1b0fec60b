"""Words what a schema refused: which problem, at which key or value, with which near name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping as AnyMapping
from dataclasses import dataclass, field
from typing import Any

from engine.language.nodes import Mapping, Node, Place, Scalar, Sequence
from engine.language.problem_kind import both
from engine.language.problems import Problems, Values, nearest
from engine.locale.text import Text

_KINDS = {
    "string": both("a text", "文本"),
    "number": both("a number", "数字"),
    "integer": both("a whole number", "整数"),
    "boolean": both("true or false", "true 或 false"),
    "array": both("a list", "列表"),
    "object": both("a map", "映射"),
    "null": both("null", "null"),
}
_LIMITS: AnyMapping[str, Callable[[Any], Text]] = {
    "minimum": lambda limit: both(f"at least {limit}", f"至少 {limit}"),
    "maximum": lambda limit: both(f"at most {limit}", f"至多 {limit}"),
    "exclusiveMinimum": lambda limit: both(f"more than {limit}", f"大于 {limit}"),
    "exclusiveMaximum": lambda limit: both(f"less than {limit}", f"小于 {limit}"),
    "multipleOf": lambda limit: both(f"a multiple of {limit}", f"{limit} 的倍数"),
}
_SIZES: AnyMapping[str, Callable[[Any], Text]] = {
    "minItems": lambda size: both(f"at least {size} {_entries(size)}", f"至少 {size} 项"),
    "maxItems": lambda size: both(f"at most {size} {_entries(size)}", f"至多 {size} 项"),
    "minProperties": lambda size: both(f"at least {size} {_entries(size)}", f"至少 {size} 项"),
    "maxProperties": lambda size: both(f"at most {size} {_entries(size)}", f"至多 {size} 项"),
    "minLength": lambda size: both(f"at least {size} characters", f"至少 {size} 个字符"),
    "maxLength": lambda size: both(f"at most {size} characters", f"至多 {size} 个字符"),
}
_MAY_BE_RENAMED = frozenset({"additionalProperties", "enum", "const", "pattern", "not", "uniqueItems"})
_SHOWN = 12

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One refusal. `key` is the key it is about, if it is about a key's spelling; `branches` are the reasons of each
    alternative of an anyOf."""

    keyword: str
    wanted: Any
    path: Path
    schema: AnyMapping[str, Any]
    key: str | None = None
    branches: tuple[tuple[Mismatch, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem to be told. `about` says which fault it is: two findings about the same are one fault."""

    code: str
    place: Place
    about: tuple[Path, str]
    values: dict[str, str | Text] = field(default_factory=dict)
    near: str | None = None
    length: int = 0


def tell(mismatches: tuple[Mismatch, ...], node: Node, problems: Problems, words: Values) -> None:
    found: dict[tuple[Path, str], Finding] = {}
    for mismatch in sorted(mismatches, key=lambda one: one.keyword != "type"):
        for finding in _findings(mismatch, node):
            found.setdefault(finding.about, finding)
    for finding in found.values():
        values = {**finding.values, **words}
        problems.note(finding.code, finding.place, values, near=finding.near, length=finding.length)


def _findings(mismatch: Mismatch, root: Node) -> Iterator[Finding]:
    node, owner = _at(root, mismatch.path)
    if isinstance(node, Scalar) and node.missing:
        return
    if mismatch.branches:
        yield from _of_branches(mismatch, root, node)
    elif mismatch.key is not None and isinstance(node, Mapping):
        yield _misspelt_key(mismatch, node)
    elif mismatch.keyword == "additionalProperties" and isinstance(node, Mapping):
        yield from _unknown_keys(mismatch, node)
    elif mismatch.keyword == "required" and isinstance(node, Mapping):
        yield from _missing_keys(mismatch, node, owner)
    elif mismatch.keyword == "uniqueItems" and isinstance(node, Sequence):
        yield from _doubles(mismatch, node)
    else:
        yield _wrong_value(mismatch, node)


def _at(root: Node, path: Path) -> tuple[Node, Scalar | None]:
    """The node at `path` and the key it belongs to."""
    node, owner = root, None
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            owner = node.key(step)
            entry = node.get(step)
            node = node if entry is None else entry
        elif isinstance(node, Sequence) and isinstance(step, int):
            owner, node = None, node.items[step]
    return node, owner


def _finding(
    mismatch: Mismatch, code: str, at: Scalar | Place, about: str, near: str | None = None, **values: str | Text
) -> Finding:
    """The finding under the code and with the words its schema asks for."""
    wish = mismatch.schema.get("x-problem")
    if isinstance(wish, str) and mismatch.keyword in _MAY_BE_RENAMED:
        code = wish
    elif isinstance(wish, dict):
        code = wish.get(mismatch.keyword, code)
    extra = {name: Text.of(word) for name, word in mismatch.schema.get("x-words", {}).items()}
    place, length = (at.place, at.width) if isinstance(at, Scalar) else (at, 0)
    return Finding(code, place, (mismatch.path, about), {**values, **extra}, near, length)


def _misspelt_key(mismatch: Mismatch, node: Mapping) -> Finding:
    name = mismatch.key or ""
    key = node.key(name) or node.place
    if mismatch.keyword == "enum":
        near = nearest(name, (str(word) for word in mismatch.wanted))
        return _finding(mismatch, "E201", key, name, near, key=name, value=name, name=name, allowed=_listed(mismatch))
    form = str(mismatch.wanted)
    return _finding(mismatch, "E206", key, name, key=name, value=name, name=name, form=form)


def _unknown_keys(mismatch: Mismatch, node: Mapping) -> Iterator[Finding]:
    known = mismatch.schema.get("properties", {})
    patterns = mismatch.schema.get("patternProperties", {})
    free = [name for name in known if name not in node]
    for entry in node.entries:
        name = entry.key.text
        if name not in known and not any(re.search(pattern, name) for pattern in patterns):
            yield _finding(mismatch, "E201", entry.key, name, nearest(name, free), key=name, value=name, name=name)


def _missing_keys(mismatch: Mismatch, node: Mapping, owner: Scalar | None) -> Iterator[Finding]:
    """Each missing key; one that is only misspelt is told at the key that was written instead."""
    in_block = bool(node.entries) and node.entries[0].key.place == node.place
    strange = [name for name in node if name not in mismatch.schema.get("properties", {})]
    for name in mismatch.wanted:
        written = node.key(nearest(name, strange) or "")
        if name not in node and written:
            yield _finding(mismatch, "E201", written, written.text, name, key=written.text, name=written.text)
        elif name not in node:
            yield _finding(mismatch, "E202", owner if owner and in_block else node.place, name, key=name, name=name)


def _doubles(mismatch: Mismatch, node: Sequence) -> Iterator[Finding]:
    seen: set[str] = set()
    for item in node.items:
        text = item.text if isinstance(item, Scalar) else ""
        if text in seen and isinstance(item, Scalar):
            yield _finding(mismatch, "E222", item, f"{item.place}", value=text, name=text)
        seen.add(text)


def _wrong_value(mismatch: Mismatch, node: Node) -> Finding:
    keyword, wanted = mismatch.keyword, mismatch.wanted
    at = node if isinstance(node, Scalar) else node.place
    shown = node.text if isinstance(node, Scalar) else ""
    if keyword in ("enum", "const"):
        words = wanted if keyword == "enum" else [wanted]
        near = nearest(shown, (str(word) for word in words)) if shown else None
        return _finding(mismatch, "E204", at, "", near, value=shown, name=shown, allowed=_listed(mismatch))
    if keyword in _LIMITS:
        return _finding(mismatch, "E205", at, "", value=shown, limit=_LIMITS[keyword](wanted))
    if keyword == "pattern":
        return _finding(mismatch, "E208", at, "", value=shown, name=shown, form=str(wanted))
    if keyword in _SIZES:
        return _finding(mismatch, "E209", at, "", limit=_SIZES[keyword](wanted), found=str(_size(node)))
    if keyword == "type":
        kinds = [wanted] if isinstance(wanted, str) else wanted
        return _finding(mismatch, "E203", at, "", wanted=_either([_KINDS[kind] for kind in kinds]), found=found(node))
    return _finding(mismatch, "E223", at, "", value=shown, name=shown)


def _of_branches(mismatch: Mismatch, root: Node, node: Node) -> Iterator[Finding]:
    """The reasons of the one alternative of the right kind; if there is none, the kinds that are wanted."""
    right = [branch for branch in mismatch.branches if not any(_is_kind(fault, mismatch.path) for fault in branch)]
    if right:
        for fault in min(right, key=len):
            yield from _findings(fault, root)
        return
    kinds = [fault.wanted for branch in mismatch.branches for fault in branch if _is_kind(fault, mismatch.path)]
    names = dict.fromkeys(name for kind in kinds for name in ([kind] if isinstance(kind, str) else kind))
    at = node if isinstance(node, Scalar) else node.place
    wanted = _either([_KINDS[name] for name in names])
    yield _finding(mismatch, "E203", at, "", wanted=wanted, found=found(node))


def _is_kind(fault: Mismatch, path: Path) -> bool:
    return fault.keyword == "type" and fault.path == path


def found(node: Node) -> Text:
    """What a value is, for "this is …"."""
    if isinstance(node, Mapping):
        return _KINDS["object"]
    if isinstance(node, Sequence):
        return _KINDS["array"]
    if node.numeric:
        return both(f"the number {node.text}", f"数字 {node.text}")
    if not isinstance(node.value, str):
        return both(node.text, f"“{node.text}”")
    text = node.text if len(node.text) <= 40 else node.text[:39] + "…"
    return both(f'the text "{text}"', f"文本“{text}”")


def _either(kinds: list[Text]) -> Text:
    return both(" or ".join(kind.in_("en") for kind in kinds), "或".join(kind.in_("zh-CN") for kind in kinds))


def _listed(mismatch: Mismatch) -> str:
    words = [mismatch.wanted] if mismatch.keyword == "const" else list(mismatch.wanted)
    shown = [str(word).lower() if isinstance(word, bool) else str(word) for word in words[:_SHOWN]]
    return ", ".join([*shown, "…"] if len(words) > _SHOWN else shown)


def _entries(size: int) -> str:
    return "entry" if size == 1 else "entries"


def _size(node: Node) -> int:
    return len(node.text) if isinstance(node, Scalar) else len(node)
