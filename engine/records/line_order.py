"""Putting line items in another order among those of their record, whose history tells it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select, update

from engine.records import history
from engine.records.errors import RecordNotFound
from engine.records.transaction import Transaction
from engine.schema.line_order import POSITION
from engine.schema.model import Entity

Placed = list[tuple[int | None, int | None]]
"""(place, id) of line items: no place where nothing was said of it, no id for one that is gone."""


def put(transaction: Transaction, line: Entity, key: str, parent: int, moved: int, before: int | None) -> None:
    """In front of another line item of the same record, or behind them all. Raises `RecordNotFound` where the record
    has no such line items."""
    order = _order(transaction, line, key, parent)
    if moved not in order or (before is not None and before not in order):
        raise RecordNotFound
    if before == moved:
        return
    rest = [each for each in order if each != moved]
    at = len(rest) if before is None else rest.index(before)
    _write(transaction, line, key, parent, order, [*rest[:at], moved, *rest[at:]])


def arrange(transaction: Transaction, line: Entity, key: str, parent: int, placed: Placed) -> None:
    """In the order of their places; others of the record stand behind them. Without any place they stay as they are."""
    wanted = [each for _, each in sorted((place, each) for place, each in placed if place is not None and each)]
    if not wanted:
        return
    order = _order(transaction, line, key, parent)
    known = [each for each in wanted if each in order]
    _write(transaction, line, key, parent, order, [*known, *(each for each in order if each not in known)])


def _write(
    transaction: Transaction, line: Entity, key: str, parent: int, order: Sequence[int], wanted: Sequence[int]
) -> None:
    """Order is no value of a record: it makes no new version of it, and nobody's form conflicts with it."""
    if list(order) == list(wanted):
        return
    table = transaction.model.table(line.name)
    statement = update(table).where(table.c.id == bindparam("line")).values({POSITION: bindparam("place")})
    transaction.connection.execute(statement, [{"line": each, "place": n} for n, each in enumerate(wanted, start=1)])
    _touch(transaction, line, wanted)
    _tell(transaction, line, key, parent, order, wanted)


def _touch(transaction: Transaction, line: Entity, ids: Sequence[int]) -> None:
    """A first or a last value of line items follows their order."""
    plan, table = transaction.model.plan, transaction.model.table(line.name)
    rollups = (field.computed.rollup for step in plan.steps for field in step.fields if field.computed)
    if any(each and each.over.entity == line.name and each.function in ("first", "last") for each in rollups):
        for row in transaction.connection.execute(select(table).where(table.c.id.in_(ids))).mappings().all():
            transaction.touched.came(plan, line.name, dict(row))


def _tell(
    transaction: Transaction, line: Entity, key: str, parent: int, order: Sequence[int], wanted: Sequence[int]
) -> None:
    """A row in the history of the record, under its field of line items."""
    owner = transaction.entity(line.line_of[0] if line.line_of else "")
    children = (each for each in owner.declared if each.target == line.name and each.settings.get("key") == key)
    field, table = next(children, None), transaction.model.table(owner.name)
    if field is None:
        return
    version = transaction.connection.execute(select(table.c.version).where(table.c.id == parent)).scalar_one()
    actor, at = transaction.actor.user_id, transaction.moment.now
    write = history.Write(owner, parent, version, at, actor, transaction.source, transaction.operation)
    changes = {field.name: (" ".join(map(str, order)), " ".join(map(str, wanted)))}
    history.record_write(transaction.connection, transaction.ids.next(), write, "updated", changes)


def _order(transaction: Transaction, line: Entity, key: str, parent: int) -> Sequence[int]:
    """The line items of a record as they stand, locked until the end."""
    columns = transaction.model.table(line.name).c
    here = (columns[key] == parent, columns.deleted_at.is_(None))
    order = (columns[POSITION].asc().nulls_last(), columns.created_at, columns.id)
    statement = select(columns.id).where(*here).order_by(*order).with_for_update()
    return transaction.connection.execute(statement).scalars().all()
