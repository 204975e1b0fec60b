"""Views: lists and boards, with the query each one asks."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import replace
from typing import Any

from engine.expressions.parse import Expression
from engine.expressions.types import BOOLEAN, Kind
from engine.forms.columns import (
    Wish,
    can_sum,
    columns_of,
    make_columns,
    query_fields,
    read_columns,
    read_sort,
    read_totals,
    shown_field,
)
from engine.forms.compilation import ScreenCompilation
from engine.forms.defaults import card_fields, default_fields, default_views
from engine.forms.model import BoardScreen, ListScreen, ViewScreen
from engine.language.names import check_name
from engine.language.nodes import Mapping, Node, Scalar
from engine.locale.text import Text
from engine.schema.compilation import humanise, is_true, pairs, text_of
from engine.schema.expression_nodes import parse_pushable
from engine.schema.model import Entity, Field, ListQuery

Views = MappingType[str, MappingType[str, ViewScreen]]


def compile_views(compilation: ScreenCompilation) -> Views:
    """The views of every entity; an entity without any gets the default ones."""
    written = {entity.name: _views(entity, node, compilation) for entity, node in compilation.per_entity("views")}
    return {name: written.get(name) or default_views(entity) for name, entity in compilation.entities.items()}


def _views(entity: Entity, node: Node, compilation: ScreenCompilation) -> MappingType[str, ViewScreen]:
    views = {}
    for key, view in pairs(node):
        check_name(key, compilation.problems)
        compiled = _view(key, view, entity, compilation) if isinstance(view, Mapping) else None
        if compiled is not None:
            views[key.text] = compiled
    return views


def _view(key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation) -> ViewScreen | None:
    """The view; None when its type is unknown or a board has no lanes."""
    kind = text_of(node.get("type"))
    if kind == "list":
        return _list(key, node, entity, compilation)
    return _board(key, node, entity, compilation) if kind == "board" else None


def _common(key: Scalar, node: Mapping, icon: str, entity: Entity, compilation: ScreenCompilation) -> dict[str, Any]:
    return {
        "entity": entity.name,
        "name": key.text,
        "label": compilation.text(node.get("label"), Text.of(humanise(key.text))),
        "icon": text_of(node.get("icon")) or icon,
        "default": is_true(node.get("default")),
        "for_roles": compilation.role_names(node.get("for_roles")),
    }


def _filter(node: Mapping, entity: Entity, compilation: ScreenCompilation) -> Expression | None:
    return parse_pushable(node.get("filter"), compilation.scope_of(entity), BOOLEAN, compilation.problems)


def _list(key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation) -> ListScreen:
    where = f"{entity.name}.{key.text}"
    wishes = read_columns(node.get("columns"), entity, where, compilation)
    if not wishes:
        wishes = tuple(Wish(field) for field in default_fields(entity))
    totals = read_totals(node.get("totals"), wishes, entity, compilation)
    wishes = tuple(replace(wish, total="sum" if wish.field.name in totals else None) for wish in wishes)
    editable = "inline_edit" not in node or is_true(node.get("inline_edit"))
    return ListScreen(
        **_common(key, node, "list", entity, compilation),
        columns=make_columns(entity, wishes, editable),
        query=ListQuery(
            entity=entity.name,
            fields=query_fields(entity, *(wish.field for wish in wishes)),
            filter=_filter(node, entity, compilation),
            sort=read_sort(node.get("sort"), entity, compilation),
        ),
    )


def _board(key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation) -> BoardScreen | None:
    where = f"{entity.name}.{key.text}"
    lanes = _lanes(key, node, entity, compilation)
    wishes = read_columns(node.get("card"), entity, where, compilation)
    total = _sum(node.get("sum"), entity, compilation)
    query_filter, sort = _filter(node, entity, compilation), read_sort(node.get("sort"), entity, compilation)
    common = _common(key, node, "square-kanban", entity, compilation)
    if lanes is None:
        return None
    shown = make_columns(entity, wishes, editable=False) or columns_of(entity, card_fields(entity, lanes), False)
    fields = [column.field for column in shown]
    read = query_fields(entity, *fields, lanes, *([total] if total else []))
    query = ListQuery(entity.name, read, query_filter, sort)
    return BoardScreen(**common, by=lanes, card=shown, sum=total, query=query)


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
