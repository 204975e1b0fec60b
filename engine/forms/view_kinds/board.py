"""A board: a lane for each option of a field, records as cards."""

from __future__ import annotations

from dataclasses import replace

from engine.expressions.types import Kind
from engine.forms.columns import can_sum, columns_of, make_columns, query_fields, read_columns, shown_field
from engine.forms.compilation import ScreenCompilation
from engine.forms.defaults import card_fields
from engine.forms.grammar import COLUMNS, FIELD
from engine.forms.model import BoardScreen
from engine.forms.view_kind import ViewKind, query_of
from engine.language.nodes import Mapping, Node, Scalar
from engine.locale.text import Text
from engine.schema.model import Entity, Field


class BoardKind(ViewKind):
    name = "board"
    label = Text.of({"en": "Board", "zh-CN": "看板"})
    icon = "square-kanban"
    order = 2
    options = {
        "by": FIELD | {"description": "The stage or choice field whose options are the lanes of a board."},
        "card": COLUMNS | {"description": "The fields on a card; the title first."},
        "sum": FIELD | {"description": "The number added up in the head of each lane."},
    }

    def compile(self, key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation) -> BoardScreen | None:
        where = f"{entity.name}.{key.text}"
        lanes = _lanes(key, node, entity, compilation)
        wishes = read_columns(node.get("card"), entity, where, compilation)
        total = _sum(node.get("sum"), entity, compilation)
        common = self.common(key, node, entity, compilation)
        query = query_of(node, (), entity, compilation)
        if lanes is None:
            return None
        shown = make_columns(entity, wishes, editable=False) or columns_of(entity, card_fields(entity, lanes), False)
        fields = [column.field for column in shown]
        read = query_fields(entity, *fields, lanes, *([total] if total else []))
        return BoardScreen(**common, by=lanes, card=shown, sum=total, query=replace(query, fields=read))


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


def _sum(node: Node | None, entity: Entity, compilation: ScreenCompilation) -> Field | None:
    field = shown_field(node, entity, "sum", compilation)
    return field if field and isinstance(node, Scalar) and can_sum(field, node, compilation) else None
