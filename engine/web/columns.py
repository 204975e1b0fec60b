"""The heads of table columns: label, width, sort link, total."""

from __future__ import annotations

from urllib.parse import urlencode

from engine.forms.contexts import ColumnHead
from engine.forms.model import Column
from engine.records.totals import Aggregate
from engine.schema.model import Sort
from engine.web.desk import Desk
from engine.web.list_totals import total_label, total_of, total_text


def column_head(
    desk: Desk, column: Column, active: Sort | None = None, totals: Aggregate | None = None, sortable: bool = True
) -> ColumnHead:
    """`active` is what the list is sorted by; clicking again turns the direction round, figures start descending."""
    field = column.field
    mine = active is not None and active.field == field.name
    descending = active is not None and mine and active.descending
    total = total_of(column, totals.sums) if totals else None
    first_descends = field.type.numeric and not mine
    wanted = f"-{field.name}" if first_descends or (mine and not descending) else field.name
    return ColumnHead(
        name=field.name,
        label=desk.text(column.label),
        numeric=field.type.numeric,
        width=column.width,
        sort_url=address(desk, sort=wanted, after=None, before=None) if sortable and field.type.sortable else "",
        sorted=("descending" if descending else "ascending") if mine else "",
        total=total_text(desk, column, total) if total is not None else "",
        total_label=total_label(desk, column) if total is not None else "",
    )


def address(desk: Desk, **changes: str | None) -> str:
    """This page's address with some parameters changed or left out; what is open beside the list is closed."""
    dropped = {*changes, "peek", "columns", "groups", "panel"}
    kept = [(name, value) for name, value in desk.request.query.multi_items() if name not in dropped]
    query = urlencode([*kept, *((name, value) for name, value in changes.items() if value is not None)])
    return f"{desk.request.path}?{query}" if query else desk.blank_address
