"""Operations that ended long ago: the records they refused, what they were to write and the way back are forgotten; one
line stays that says who did what to how many records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Table, delete, func, select, update

from engine.database.connection import Database
from engine.database.system_tables import operation as table, operation_part, operation_refusal
from engine.records.operations import ENDED

KEPT = timedelta(days=90)
CHUNK = 2000
"""Rows that one transaction forgets."""
AT_ONCE = 200
"""Operations of one round."""
STAYS = ("counts",)
"""What is kept of an outcome."""


def clear(database: Database, now: datetime) -> Sequence[int]:
    """Clear what ended longer ago than `KEPT`, the oldest first; the ids of the operations."""
    ended = func.coalesce(table.c.finished_at, table.c.created_at)
    old = (table.c.state.in_(ENDED), table.c.cleared_at.is_(None), ended < now - KEPT)
    statement = select(table.c.id, table.c.result).where(*old).order_by(table.c.id).limit(AT_ONCE)
    with database.read() as connection:
        found = connection.execute(statement).all()
    for operation_id, result in found:
        _forget(database, operation_part, "number", operation_id)
        _forget(database, operation_refusal, "id", operation_id)
        kept = {name: result[name] for name in STAYS if name in result}
        with database.write() as connection:
            this = update(table).where(table.c.id == operation_id)
            connection.execute(this.values(cleared_at=now, result=kept))
    return [operation_id for operation_id, _ in found]


def _forget(database: Database, rows: Table, key: str, operation_id: int) -> None:
    """In short transactions, however many there are."""
    own = rows.c.operation == operation_id
    first = select(rows.c[key]).where(own).order_by(rows.c[key]).limit(CHUNK)
    while True:
        with database.write() as connection:
            keys = connection.execute(first).scalars().all()
            if not keys:
                return
            connection.execute(delete(rows).where(own, rows.c[key] <= keys[-1]))
