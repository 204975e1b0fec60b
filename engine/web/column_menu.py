"""The menu of a list's columns: those shown, in their order, then the rest."""

from __future__ import annotations

from engine.forms.contexts import ColumnChoice, ColumnMenu
from engine.forms.model import Column
from engine.schema.model import Entity
from engine.web.desk import Desk


def column_menu(desk: Desk, entity: Entity, columns: tuple[Column, ...]) -> ColumnMenu:
    shown = [column.field.name for column in columns]
    rest = [f.name for f in entity.fields.values() if f.type.stored and f.name not in shown]
    choices = tuple(
        ColumnChoice(
            name=name,
            label=desk.text(entity.fields[name].label),
            icon=entity.fields[name].type.icon,
            shown=name in shown,
            fixed=name == entity.title,
        )
        for name in (*shown, *rest)
    )
    kept = tuple(
        (name, value)
        for name, value in desk.request.query.multi_items()
        if name in ("f", "sort", "q", "starred", "group")
    )
    return ColumnMenu(desk.request.path, kept, choices)
