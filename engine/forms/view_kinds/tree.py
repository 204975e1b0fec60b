"""A tree: records below the one their link leads to."""

from __future__ import annotations

from dataclasses import replace

from engine.forms.columns import columns_of, make_columns, query_fields, read_columns
from engine.forms.compilation import ScreenCompilation
from engine.forms.defaults import default_fields
from engine.forms.grammar import COLUMNS, FIELD
from engine.forms.model import TreeScreen
from engine.forms.view_kind import ViewKind, query_of
from engine.language.nodes import Mapping, Scalar
from engine.locale.text import Text
from engine.schema.model import Entity, Field


class TreeKind(ViewKind):
    name = "tree"
    label = Text.of({"en": "Tree", "zh-CN": "树形"})
    icon = "network"
    order = 5
    parameters = ("f", "q", "sort")
    options = {
        "parent": FIELD | {"description": "The link to the record above; it says tree: true."},
        "columns": COLUMNS,
    }

    def compile(self, key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation) -> TreeScreen | None:
        parent = _parent(key, node, entity, compilation)
        wishes = read_columns(node.get("columns"), entity, f"{entity.name}.{key.text}", compilation)
        common = self.common(key, node, entity, compilation)
        query = query_of(node, (), entity, compilation)
        if parent is None:
            return None
        columns = make_columns(entity, wishes, editable=False) or columns_of(entity, default_fields(entity), False)
        columns = tuple(sorted(columns, key=lambda column: column.field.name != entity.title))
        read = query_fields(entity, parent, *(column.field for column in columns))
        return TreeScreen(**common, parent=parent, columns=columns, query=replace(query, fields=read))


def _parent(key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation) -> Field | None:
    """The link to the same entity that the gateway keeps free of rings."""
    written = node.get("parent")
    if written is None:
        compilation.fault("E446", key)
    field = compilation.field(written, entity, f"{entity.name}.{key.text}") if isinstance(written, Scalar) else None
    if field is None or not isinstance(written, Scalar):
        return None
    if field.target == entity.name and field.settings.get("tree") is True:
        return field
    compilation.fault("E447", written)
    return None
