"""What many records come to, for some records at once: one statement, and one more for each first or last value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, Select, distinct, func, select, type_coerce

from engine.expressions.exact import divide
from engine.expressions.stored import as_whole
from engine.expressions.tree import FieldPath
from engine.records.model import RecordModel
from engine.records.rows import RowSource
from engine.records.totals import HALF, ONCE, WIDE
from engine.records.transaction import Transaction
from engine.schema.computed import Over, Rollup, fitting, of_nothing
from engine.schema.line_order import POSITION
from engine.schema.model import Field

ROOT = "root__"
Values = dict[int, dict[str, Any]]


def rollup_values(
    transaction: Transaction, fields: Sequence[Field], ids: Sequence[int], kept: Callable[[Field, Any], Any] = fitting
) -> Values:
    """The values of rollups over the same records under the same condition, by the id of the record they belong to, as
    they are `kept`."""
    values: Values = {record_id: {field.name: of_nothing(field) for field in fields} for record_id in ids}
    together = [field for field in fields if _rollup(field).function not in ("first", "last")]
    for part in ([together] if together else []) + [[field] for field in fields if field not in together]:
        found = transaction.connection.execute(_statement(transaction, part, ids), transaction.parameters)
        for row in found.mappings():
            for field in part:
                values[int(row[ROOT])][field.name] = kept(field, _read(field, row))
    return values


def _rollup(field: Field) -> Rollup:
    assert field.computed is not None and field.computed.rollup is not None
    return field.computed.rollup


def _statement(transaction: Transaction, fields: Sequence[Field], ids: Sequence[int]) -> Select[Any]:
    rollup = _rollup(fields[0])
    rows = RowSource(transaction.model, transaction.dialect, rollup.over.entity)
    where: list[ColumnElement[bool]] = [rows.table.c.deleted_at.is_(None)]
    if rollup.where is not None:
        where.append(rows.condition(rollup.where))
    columns = {field.name: _column(rows, field) for field in fields}
    root, source = rooted(rows, rollup.over, ids)
    named = root.label(ROOT)
    if rollup.function in ("first", "last"):
        return _edge(rows, root, source, where, columns[fields[0].name], fields[0])
    found = [part for field in fields for part in _aggregates(field, columns[field.name])]
    return select(named, *found).select_from(source).where(*where).group_by(root)


def _column(rows: RowSource, field: Field) -> ColumnElement[Any] | None:
    value = _rollup(field).value
    return rows.column(value.tree.path) if value is not None and isinstance(value.tree, FieldPath) else None


def rooted(rows: RowSource, over: Over, ids: Sequence[int]) -> tuple[ColumnElement[Any], FromClause]:
    """The record each row counts for, and where the rows come from. Use it when every column was asked for."""
    joined, table = rows.joined, rows.table
    if over.way == "tree":
        below = table_below(rows.model, over.link, ids)
        return below.c.root, joined.join(below, below.c.id == table.c.id)
    if not over.link.type.kept_apart:
        among = select(table.c.id.label("id"), table.c[over.link.name].label("root"))
        here = among.where(table.c[over.link.name].in_(ids)).subquery()
        return here.c.root, joined.join(here, here.c.id == table.c.id)
    pairs = rows.model.link_table(over.link)
    root, other = (pairs.c.source, pairs.c.target) if over.way == "linked" else (pairs.c.target, pairs.c.source)
    return root, joined.join(pairs, (other == table.c.id) & root.in_(ids))


def table_below(model: RecordModel, link: Field, ids: Sequence[int]) -> Any:
    """(root, id) of every record below each of `ids` in its tree; a ring ends where it closes."""
    table = model.table(link.entity)
    first, below = table.alias(), table.alias()
    start = select(first.c[link.name].label("root"), first.c.id.label("id"))
    tree = start.where(first.c[link.name].in_(ids), first.c.deleted_at.is_(None)).cte("below", recursive=True)
    further = select(tree.c.root, below.c.id).join(tree, below.c[link.name] == tree.c.id)
    return tree.union(further.where(below.c.deleted_at.is_(None)))


def _aggregates(field: Field, column: ColumnElement[Any] | None) -> list[ColumnElement[Any]]:
    function, name = _rollup(field).function, field.name
    if column is None:
        return [func.count().label(name)]
    if function in ("sum", "avg"):
        whole = type_coerce(as_whole(column), BigInteger())
        parts = {"high": whole.op("/")(HALF), "low": whole % HALF}
        halves = [func.coalesce(func.sum(part), 0).label(f"{name}__{key}") for key, part in parts.items()]
        return [*halves, func.count(column).label(name)]
    if function == "distinct":
        return [func.count(distinct(column)).label(name)]
    return [ONCE[function](column).label(name)]


def _edge(
    rows: RowSource,
    root: ColumnElement[Any],
    source: FromClause,
    where: Sequence[ColumnElement[bool]],
    column: ColumnElement[Any] | None,
    field: Field,
) -> Select[Any]:
    """The first or last value there is, in the order of line items, else of creation."""
    assert column is not None
    order = in_order(rows.table, last=_rollup(field).function == "last")
    number = func.row_number().over(partition_by=root, order_by=order).label("number")
    found = select(root.label(ROOT), column.label("value"), number).select_from(source)
    numbered = found.where(*where, column.is_not(None)).subquery()
    return select(numbered.c[ROOT], numbered.c.value.label(field.name)).where(numbered.c.number == 1)


def in_order(table: FromClause, *, last: bool = False) -> list[ColumnElement[Any]]:
    """By the order of line items, else of creation; the last one first with `last`."""
    if last:
        place = [table.c[POSITION].desc().nulls_first()] if POSITION in table.c else []
        return [*place, table.c.created_at.desc(), table.c.id.desc()]
    place = [table.c[POSITION].asc().nulls_last()] if POSITION in table.c else []
    return [*place, table.c.created_at.asc(), table.c.id.asc()]


def _read(field: Field, row: Mapping[Any, Any]) -> Any:
    rollup = _rollup(field)
    if rollup.function not in ("sum", "avg") or rollup.value is None:
        return row[field.name]
    total = int(row[f"{field.name}__high"]) * HALF + int(row[f"{field.name}__low"])
    exact = Decimal(total).scaleb(-int(rollup.value.type.scale or 0), WIDE)
    return exact if rollup.function == "sum" else divide(exact, Decimal(row[field.name]))
