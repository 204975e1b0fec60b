"""Finds the texts with brackets that YAML cut at a comma: `{expr: f(a, b)}` is read as `expr: f(a` and `b)`."""

from __future__ import annotations

from engine.language.nodes import Node, Scalar

_FARTHEST = 20


def tails_of(values: list[Node], at: int, keys: list[Node] | None = None) -> int:
    """How many nodes after `values[at]` are pieces of it, in a list. In a map, with its `keys`, the pieces are keys
    that have no value."""
    open_brackets = _opened(values[at])
    if open_brackets <= 0:
        return 0
    for piece in range(at + 1, min(at + _FARTHEST, len(values))):
        if keys and not _empty(values[piece]):
            return 0
        open_brackets += _opened(keys[piece] if keys else values[piece])
        if open_brackets <= 0:
            return piece - at
    return 0


def _opened(node: Node) -> int:
    if not isinstance(node, Scalar) or node.quote:
        return 0
    return node.text.count("(") - node.text.count(")")


def _empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.missing
