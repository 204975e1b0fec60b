"""A list: a table of records with columns, totals and edits in place."""

from __future__ import annotations

from dataclasses import replace

from engine.forms.colours import COLOURS, read_colours, with_colours
from engine.forms.columns import Wish, make_columns, query_fields, read_columns, read_totals
from engine.forms.compilation import ScreenCompilation
from engine.forms.defaults import default_fields
from engine.forms.grammar import COLUMNS, TOTAL
from engine.forms.grouping import GROUP, read_group
from engine.forms.model import ListScreen
from engine.forms.view_kind import ViewKind, query_of
from engine.language.nodes import Mapping, Scalar
from engine.locale.text import Text
from engine.schema.compilation import is_true
from engine.schema.model import Entity
from engine.schema.sections import section_map


class ListKind(ViewKind):
    name = "list"
    label = Text.of({"en": "List", "zh-CN": "列表"})
    icon = "table-2"
    order = 1
    options = {
        "columns": COLUMNS,
        "inline_edit": {"type": "boolean", "description": "Values can be edited in the list (the default)."},
        "group": GROUP,
        "colours": COLOURS,
        "totals": section_map(TOTAL, "Column to what stands below it."),
    }

    def compile(self, key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation) -> ListScreen:
        where = f"{entity.name}.{key.text}"
        wishes = read_columns(node.get("columns"), entity, where, compilation)
        if not wishes:
            wishes = tuple(Wish(field) for field in default_fields(entity))
        totals = read_totals(node.get("totals"), wishes, entity, compilation)
        wishes = tuple(replace(wish, total=totals.get(wish.field.name)) for wish in wishes)
        colours = read_colours(node.get("colours"), entity, compilation)
        group = read_group(node.get("group"), entity, f"{where}.group", compilation)
        editable = "inline_edit" not in node or is_true(node.get("inline_edit"))
        read = query_fields(entity, *(wish.field for wish in wishes))
        return ListScreen(
            **self.common(key, node, entity, compilation),
            columns=make_columns(entity, wishes, editable),
            query=with_colours(query_of(node, read, entity, compilation), colours),
            group=group,
            colours=colours,
        )
