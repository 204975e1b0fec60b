"""The tables of line items on a record's page."""

from __future__ import annotations

from dataclasses import replace

from engine.forms.contexts import ColumnHead, LineTable
from engine.forms.controls import new_line
from engine.forms.list_rows import rows_of
from engine.forms.model import LinesBlock
from engine.records.model import Record, Row
from engine.records.query import Condition, PageRequest
from engine.schema.line_order import LINE_ORDER
from engine.schema.model import ListQuery
from engine.web.columns import column_head
from engine.web.desk import Desk
from engine.web.rules import locked_fields

LINES = 500


def line_table(desk: Desk, record: Record, block: LinesBlock, *, newest: bool = False) -> LineTable:
    """The line items of a record, with a row to add one; with `newest`, its rows are the last one added alone."""
    child = desk.workspace.blueprint.entities[block.field.target or ""]
    rows = desk.store.list(desk.actor, _query(block), _belonging(block, record)).rows
    may_change = block.field.name not in locked_fields(desk, record.entity, record.row)
    may_add = may_change and record.may_update and record.row.get("deleted_at") is None
    drawn = rows_of(child, block.columns, desk.formats, writable=may_add, removable=may_add)
    return LineTable(
        field=block.field.name,
        label=desk.text(block.field.label),
        count=len(rows),
        heads=_heads(desk, block, rows),
        rows=drawn.render(rows[-1:] if newest else rows, csrf=desk.request.csrf_token),
        may_add=may_add,
        add=replace(desk.controls, mark=f"{block.field.name}-").line(block, "new", "", new_line(block), plain=True)
        if may_add
        else None,
    )


def _heads(desk: Desk, block: LinesBlock, rows: tuple[Row, ...]) -> tuple[ColumnHead, ...]:
    heads = []
    for column in block.columns:
        head, field = column_head(desk, column, sortable=False), column.field
        if column.total and rows:
            total = sum(row[field.name] or 0 for row in rows)
            shown = field.type.format(total, field, desk.formats)
            head = replace(head, total=shown, total_label=desk.say("list.sum"))
        heads.append(head)
    return tuple(heads)


def _query(block: LinesBlock) -> ListQuery:
    fields = tuple(column.field.name for column in block.columns)
    return ListQuery(block.field.target or "", fields, sort=LINE_ORDER)


def _belonging(block: LinesBlock, record: Record) -> PageRequest:
    condition = Condition(str(block.field.settings["key"]), "any_of", (record.id,))
    return PageRequest(conditions=(condition,), limit=LINES)
