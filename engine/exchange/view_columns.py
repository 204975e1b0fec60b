"""The fields a view shows, in their order, as the columns of an export."""

from __future__ import annotations

from collections.abc import Iterable

from engine.forms.model import ListScreen, PivotScreen, TreeScreen, ViewScreen
from engine.locale.text import Text
from engine.schema.model import Entity, Field

Shown = tuple[tuple[Field, Text], ...]
"""Fields and what their columns are called."""


def shown_by(view: ViewScreen, entity: Entity) -> Shown:
    """The columns of a table; of cards, days and lanes the fields their records are read with."""
    if isinstance(view, (ListScreen, TreeScreen)):
        return tuple((column.field, column.label) for column in view.columns)
    names = dict.fromkeys(view.query.fields)
    if isinstance(view, PivotScreen):
        groups = (*view.rows, *((view.across,) if view.across else ()))
        names |= dict.fromkeys(group.field.name for group in groups)
        names |= dict.fromkeys(measure.field.name for measure in view.measures if measure.field)
    return labelled(entity.fields[name] for name in names if name in entity.fields)


def labelled(fields: Iterable[Field]) -> Shown:
    """Fields under their own labels."""
    return tuple((field, field.label) for field in fields)
