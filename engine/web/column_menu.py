"""The menu of a list's columns: those shown, in their order, then the rest."""

from __future__ import annotations

from engine.forms.contexts import ColumnChoice, ColumnMenu
from engine.forms.model import ListScreen
from engine.schema.model import Entity
from engine.web.columns import address
from engine.web.desk import Desk
from engine.web.list_columns import ListColumns, asks_for_columns, layout_url


def column_menu(desk: Desk, entity: Entity, view: ListScreen, columns: ListColumns) -> ColumnMenu:
    shown = [column.field.name for column in columns.shown]
    rest = [f.name for f in entity.fields.values() if f.type.stored and f.name not in shown]
    choices = tuple(
        ColumnChoice(
            name=name,
            label=desk.text(entity.fields[name].label),
            icon=entity.fields[name].type.icon,
            shown=name in shown,
            fixed=name == entity.title,
            pinned=name in columns.layout.pins,
        )
        for name in (*shown, *rest)
    )
    return ColumnMenu(
        action=layout_url(entity, view),
        csrf=desk.request.csrf_token,
        next=address(desk, cols=None) if asks_for_columns(desk) else address(desk),
        choices=choices,
        density=(desk.request.user.density if desk.request.user else None) or "comfortable",
        arranged=columns.arranged,
    )
