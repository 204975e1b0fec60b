"""Putting a line item somewhere else among those of its record."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select, update

from engine.records.errors import RecordNotFound
from engine.records.transaction import Transaction
from engine.schema.line_order import POSITION
from engine.schema.model import Entity


def put(transaction: Transaction, line: Entity, key: str, parent: int, moved: int, before: int | None) -> None:
    """In front of another line item of the same record, or behind them all. Raises `RecordNotFound` where the record
    has no such line items. Order is no value of a record: no history, no new version."""
    order = _order(transaction, line, key, parent)
    if moved not in order or (before is not None and before not in order):
        raise RecordNotFound
    if before == moved:
        return
    rest = [each for each in order if each != moved]
    at = len(rest) if before is None else rest.index(before)
    wanted = [*rest[:at], moved, *rest[at:]]
    table = transaction.model.table(line.name)
    statement = update(table).where(table.c.id == bindparam("line")).values({POSITION: bindparam("place")})
    transaction.touched.came(transaction.model.plan, line.name, {"id": moved, key: parent})
    transaction.connection.execute(statement, [{"line": each, "place": n} for n, each in enumerate(wanted, start=1)])


def _order(transaction: Transaction, line: Entity, key: str, parent: int) -> Sequence[int]:
    """The line items of a record as they stand, locked until the end."""
    columns = transaction.model.table(line.name).c
    here = (columns[key] == parent, columns.deleted_at.is_(None))
    order = (columns[POSITION].asc().nulls_last(), columns.created_at, columns.id)
    statement = select(columns.id).where(*here).order_by(*order).with_for_update()
    return transaction.connection.execute(statement).scalars().all()
