"""Choices: shared option sets and the options written in a field."""

from __future__ import annotations

from collections.abc import Mapping as MappingType

from engine.language.names import check_key, check_name
from engine.language.source import Mapping, Node, Scalar
from engine.schema.compilation import Compilation, humanise, pairs, text_of
from engine.schema.model import Option
from engine.schema.sections import HUES

OptionSets = MappingType[str, tuple[Option, ...]]


def compile_option_sets(compilation: Compilation) -> OptionSets:
    for key, _ in compilation.section("options"):
        check_name(key, compilation.problems)
    return {key.text: read_options(node, compilation) for key, node in compilation.section("options")}


def read_options(node: Node, compilation: Compilation) -> tuple[Option, ...]:
    """The options of a map key -> label, or key -> {label, hue}; hues not written go round."""
    for key, _ in pairs(node):
        check_key(key, compilation.problems)
    return tuple(
        _option(key, value, HUES[1:][number % (len(HUES) - 1)], compilation)
        for number, (key, value) in enumerate(pairs(node))
    )


def _option(key: Scalar, node: Node, hue: str, compilation: Compilation) -> Option:
    if isinstance(node, Mapping) and "label" in node:
        label = compilation.text(node.get("label"), humanise(key.text))
        return Option(key.text, label, text_of(node.get("hue")) or hue)
    return Option(key.text, compilation.text(node, humanise(key.text)), hue)


def field_options(node: Node | None, sets: OptionSets, compilation: Compilation) -> tuple[Option, ...] | None:
    """The options a field names or writes out; None for a set that is not there."""
    if isinstance(node, Scalar):
        return sets[node.text] if compilation.known("E216", node, sets) else None
    return read_options(node, compilation) if node is not None else ()
