"""Colour rules of a view: the first condition that holds for a record gives its hue."""

from __future__ import annotations

from collections.abc import Mapping as MappingType, Sequence
from dataclasses import replace
from typing import Any

from engine.expressions.types import BOOLEAN
from engine.forms.compilation import ScreenCompilation
from engine.forms.model import ColourRule
from engine.language.nodes import Mapping, Node, Sequence as SequenceNode
from engine.schema.compilation import text_of
from engine.schema.expression_nodes import parse_pushable
from engine.schema.model import Entity, ListQuery
from engine.schema.sections import EXPRESSION, HUE, Schema, closed

COLOURS: Schema = {
    "type": "array",
    "minItems": 1,
    "maxItems": 12,
    "items": closed(
        {"if": EXPRESSION | {"description": "What holds for the record."}, "hue": HUE},
        ("if", "hue"),
    ),
    "description": "Rules that colour a record; the first whose condition holds decides.",
}


def read_colours(node: Node | None, entity: Entity, compilation: ScreenCompilation) -> tuple[ColourRule, ...]:
    """The rules written in a view; a wrong one is a problem and left out."""
    rules = []
    for item in node.items if isinstance(node, SequenceNode) else ():
        if isinstance(item, Mapping):
            scope = compilation.scope_of(entity)
            condition = parse_pushable(item.get("if"), scope, BOOLEAN, compilation.problems)
            if condition is not None:
                rules.append(ColourRule(condition, text_of(item.get("hue")) or "gray"))
    return tuple(rules)


def with_colours(query: ListQuery, rules: Sequence[ColourRule]) -> ListQuery:
    """The query, which also reads whether each rule holds."""
    return replace(query, flags=tuple(rule.condition for rule in rules))


def hue_by(rules: Sequence[ColourRule], row: MappingType[str, Any]) -> str:
    """The hue of a row read with `with_colours`; empty when no rule holds."""
    return next((rule.hue for number, rule in enumerate(rules) if row.get(f"flag__{number}")), "")
