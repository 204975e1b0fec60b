"""Colour rules of a view: the first condition that holds for a record gives its hue."""

from __future__ import annotations

from collections.abc import Mapping as MappingType, Sequence
from dataclasses import replace
from typing import Any

from engine.expressions.types import BOOLEAN
from engine.forms.colour_rule import ColourRule
from engine.forms.columns import shown_field
from engine.forms.compilation import ScreenCompilation
from engine.forms.grammar import FIELD
from engine.language.nodes import Mapping, Node, Sequence as SequenceNode
from engine.locale.catalogue import message_text
from engine.schema.compilation import text_of
from engine.schema.expression_nodes import parse_pushable
from engine.schema.model import Entity, ListQuery
from engine.schema.sections import EXPRESSION, HUE, TEXT, Schema, closed

HIGHLIGHTED = message_text("list.highlighted")
COLOURS: Schema = {
    "type": "array",
    "minItems": 1,
    "maxItems": 12,
    "items": closed(
        {
            "if": EXPRESSION | {"description": "What holds for the record."},
            "hue": HUE,
            "field": FIELD | {"description": "In a list: the cell that is coloured, in place of the row's edge."},
            "label": TEXT | {"description": "What the colour says in words, read out and shown on hover."},
        },
        ("if", "hue"),
    ),
    "description": "Rules that colour a record; the first whose condition holds decides.",
}


def read_colours(node: Node | None, entity: Entity, compilation: ScreenCompilation) -> tuple[ColourRule, ...]:
    """The rules written in a view; a wrong one is a problem and left out."""
    items = node.items if isinstance(node, SequenceNode) else ()
    rules = (_rule(item, entity, compilation) for item in items if isinstance(item, Mapping))
    return tuple(rule for rule in rules if rule is not None)


def _rule(item: Mapping, entity: Entity, compilation: ScreenCompilation) -> ColourRule | None:
    condition = parse_pushable(item.get("if"), compilation.scope_of(entity), BOOLEAN, compilation.problems)
    field = shown_field(item.get("field"), entity, "colours", compilation)
    label = compilation.text(item.get("label"), HIGHLIGHTED)
    if condition is None or (field is None and "field" in item):
        return None
    return ColourRule(condition, text_of(item.get("hue")) or "gray", label, field)


def with_colours(query: ListQuery, rules: Sequence[ColourRule]) -> ListQuery:
    """The query, which also reads whether each rule holds."""
    return replace(query, flags=tuple(rule.condition for rule in rules))


def hue_by(rules: Sequence[ColourRule], row: MappingType[str, Any]) -> str:
    """The hue of a row read with `with_colours`; empty when no rule holds."""
    return next((rule.hue for number, rule in enumerate(rules) if row.get(f"flag__{number}")), "")
