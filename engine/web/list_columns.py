"""Which columns a list shows: the view's, as the person arranged them; what the address says goes before that."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.forms.column_layout import ColumnLayout, chosen_columns
from engine.forms.contexts import TableLayout
from engine.forms.filters import parse_columns
from engine.forms.model import Column, ListScreen
from engine.locale.text import Text
from engine.schema.model import Entity
from engine.web.desk import Desk

SELECT_WIDTH = 38


@dataclass(frozen=True, slots=True)
class ListColumns:
    shown: tuple[Column, ...]
    layout: ColumnLayout
    arranged: bool
    """The person changed something that can be put back."""
    notes: tuple[Text, ...] = ()


def list_columns(desk: Desk, entity: Entity, view: ListScreen) -> ListColumns:
    layout = ColumnLayout.read(desk.opened.layout if desk.opened else None)
    columns, notes = view_columns(desk, entity, view)
    if asks_for_columns(desk):
        return ListColumns(columns, replace(layout, pins=()), bool(layout.stored()), notes)
    return ListColumns(layout.arrange(entity, columns), layout, bool(layout.stored()), notes)


def view_columns(desk: Desk, entity: Entity, view: ListScreen) -> tuple[tuple[Column, ...], tuple[Text, ...]]:
    """The columns of the address or the saved view, else those of the blueprint; and what was left out."""
    fields, notes = parse_columns(_asked(desk), entity)
    return (chosen_columns(entity, view.columns, fields) if fields else view.columns), notes


def asks_for_columns(desk: Desk) -> bool:
    """Whether the address has columns of its own; those of the saved view that is open are not."""
    saved = dict(desk.opened.saved.query).get("cols") if desk.opened and desk.opened.saved else None
    return bool(_asked(desk)) and _asked(desk) != saved


def _asked(desk: Desk) -> str:
    return ",".join(desk.request.query.getlist("cols"))


def table_layout(entity: Entity, view: ListScreen, columns: ListColumns) -> TableLayout:
    return TableLayout(
        url=layout_url(entity, view),
        pins=columns.layout.offsets(columns.shown, SELECT_WIDTH),
        sized=bool(columns.layout.widths),
    )


def layout_url(entity: Entity, view: ListScreen) -> str:
    return f"/e/{entity.name}/v/{view.name}/layout"
