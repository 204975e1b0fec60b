"""A board: a lane for each option of a field, records as cards, and rows across the lanes where a field asks for it."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import replace

from engine.expressions.types import Kind
from engine.forms.colours import COLOURS, read_colours, with_colours
from engine.forms.columns import can_sum, columns_of, make_columns, query_fields, read_columns, shown_field
from engine.forms.compilation import ScreenCompilation
from engine.forms.defaults import card_fields
from engine.forms.grammar import COLUMNS, FIELD
from engine.forms.model import BoardScreen
from engine.forms.view_kind import ViewKind, hued_field, query_of
from engine.language.nodes import Mapping, Node, Scalar
from engine.locale.text import Text
from engine.schema.compilation import pairs
from engine.schema.model import Entity, Field
from engine.schema.sections import section_map

LIMIT = {"type": "integer", "minimum": 1, "description": "How many cards the lane should hold at most."}


class BoardKind(ViewKind):
    name = "board"
    label = Text.of({"en": "Board", "zh-CN": "看板"})
    icon = "square-kanban"
    order = 2
    options = {
        "by": FIELD | {"description": "The stage or choice field whose options are the lanes of a board."},
        "card": COLUMNS | {"description": "The fields on a card; the title first."},
        "sum": FIELD | {"description": "The number added up in the head of each lane."},
        "swimlane": FIELD | {"description": "A choice, link or user field whose values are rows across the lanes."},
        "limits": section_map(LIMIT, "Lane to its limit; a stage's own limit where nothing is said."),
        "colour": FIELD | {"description": "The field with options that colours the records."},
        "colours": COLOURS,
    }

    def compile(self, key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation) -> BoardScreen | None:
        where = f"{entity.name}.{key.text}"
        lanes = _lanes(key, node, entity, compilation)
        wishes = read_columns(node.get("card"), entity, where, compilation)
        total = _sum(node.get("sum"), entity, compilation)
        rows = _swimlane(node.get("swimlane"), entity, compilation)
        colour = hued_field(node.get("colour"), entity, compilation)
        colours = read_colours(node.get("colours"), entity, compilation)
        common = self.common(key, node, entity, compilation)
        query = with_colours(query_of(node, (), entity, compilation), colours)
        if lanes is None:
            return None
        shown = make_columns(entity, wishes, editable=False) or columns_of(entity, card_fields(entity, lanes), False)
        others = [field for field in (total, rows, colour, entity.stage_field) if field]
        read = query_fields(entity, *(column.field for column in shown), lanes, *others)
        return BoardScreen(
            **common,
            by=lanes,
            card=shown,
            sum=total,
            query=replace(query, fields=read, since=True),
            swimlane=rows,
            limits=_limits(node.get("limits"), lanes, compilation),
            colour=colour,
            colours=colours,
        )


def _lanes(key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation) -> Field | None:
    """The field whose options are the lanes."""
    by = node.get("by")
    if by is None:
        compilation.fault("E421", key)
    field = compilation.field(by, entity, f"{entity.name}.{key.text}.by") if isinstance(by, Scalar) else None
    if field is None or not isinstance(by, Scalar):
        return None
    if field.type.expression_type(field).kind is not Kind.CHOICE:
        compilation.fault("E422", by)
        return None
    return field


def _swimlane(node: Node | None, entity: Entity, compilation: ScreenCompilation) -> Field | None:
    """The field whose values are the rows: one value of few."""
    field = shown_field(node, entity, "swimlane", compilation)
    if field is None or not isinstance(node, Scalar):
        return None
    if field.type.expression_type(field).kind is Kind.CHOICE or field.target:
        return field
    compilation.fault("E440", node)
    return None


def _limits(node: Node | None, lanes: Field, compilation: ScreenCompilation) -> MappingType[str, int]:
    limits = {}
    options = [option.key for option in lanes.options]
    for key, value in pairs(node):
        known = compilation.known("E441", key, options, field=lanes.name)
        if known and isinstance(value, Scalar) and isinstance(value.value, int):
            limits[key.text] = value.value
    return limits


def _sum(node: Node | None, entity: Entity, compilation: ScreenCompilation) -> Field | None:
    field = shown_field(node, entity, "sum", compilation)
    return field if field and isinstance(node, Scalar) and can_sum(field, node, compilation) else None
