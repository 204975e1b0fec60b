"""What a write leaves in the tables: the row itself, its history row, its stage entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.database.inserting import insert_all
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records import history, linked, match_index, notices, search_index
from engine.records.errors import Invalid
from engine.records.transaction import Transaction, Values
from engine.schema.computed_order import CAME
from engine.schema.field_type import FieldType
from engine.schema.model import Entity, Field
from engine.schema.tables import PREFIX, unique_groups, unique_index_name

ENGINE_GIVEN = ("created_at", "created_by", "updated_at", "updated_by")
TOO_LONG_FOR_AN_INDEX = "54000"
"""What PostgreSQL answers to an indexed value of more than about 2,700 bytes."""


def with_companions(entity: Entity, row: Values) -> dict[str, Any]:
    """The columns of the fields in `row`: their values, and what their types keep beside them."""
    columns = {name: value for name, value in row.items() if name in entity.fields}
    for name in tuple(columns):
        field = entity.fields[name]
        if type(field.type).companions is not FieldType.companions:
            columns |= field.type.companions(columns[name], field)
    return columns


def insert_row(transaction: Transaction, entity: Entity, row: Values) -> int:
    """A new row; its id. Raises `Invalid` when the database finds a value repeated."""
    record_id = transaction.ids.next()
    insert_rows(transaction, entity, [(record_id, row)])
    return record_id


def insert_rows(transaction: Transaction, entity: Entity, rows: Sequence[tuple[int, Values]]) -> None:
    """New rows with their ids, at least one; their formulas are worked out. Raises `Invalid` when the database finds a
    value repeated."""
    moment, actor = transaction.moment.now, transaction.actor.user_id
    stamps = {"version": 1, "created_at": moment, "updated_at": moment, "last_activity_at": moment}
    values = []
    for record_id, row in rows:
        by = row.get("created_by") or actor
        values.append({"id": record_id, **with_companions(entity, row), **stamps, "created_by": by, "updated_by": by})
    table = transaction.model.table(entity.name)
    guarded(entity, lambda: insert_all(transaction.connection, table, values))
    for record_id, row in rows:
        linked.relink(transaction, entity, record_id, row, new=True)
    _note_new(transaction, entity, rows)
    named = [{**row, "id": record_id} for record_id, row in rows]
    if transaction.backlog is None:
        search_index.add_all(transaction.connection, entity, named)
        match_index.add_all(transaction.connection, transaction.ids, entity, named)
    else:
        transaction.backlog.touch(entity.name)
    written = [
        (record_id, 1, {name: (None, value) for name, value in row.items() if value is not None})
        for record_id, row in rows
    ]
    _keep_all(transaction, entity, written, "created")


def update_row(transaction: Transaction, entity: Entity, stored: Values, changed: Values, judged: bool = False) -> int:
    """Change a row; its new version. Raises `Invalid` when the database finds a value repeated."""
    update_rows(transaction, entity, [(stored, changed)], judged)
    return int(stored["version"]) + 1


def update_rows(
    transaction: Transaction, entity: Entity, rows: Sequence[tuple[Values, Values]], judged: bool = False
) -> None:
    """Change rows, (as stored, what is changed), the same fields of each and at least one; `judged` when that includes
    what their formulas come to. Raises `Invalid` when the database finds a value repeated."""
    stamps: dict[str, Any] = {"updated_at": transaction.moment.now, "updated_by": transaction.actor.user_id}
    if transaction.actor.user_id is not None:
        stamps["last_activity_at"] = transaction.moment.now
    table = transaction.model.table(entity.name)
    statement = update(table).where(table.c.id == bindparam("row_id"))
    values = [
        {"row_id": stored["id"], "version": int(stored["version"]) + 1, **with_companions(entity, changed), **stamps}
        for stored, changed in rows
    ]
    _execute(transaction, entity, statement, values)
    plan = transaction.model.plan
    for stored, changed in rows:
        record_id, states = int(stored["id"]), (stored, {**stored, **changed})
        linked.relink(transaction, entity, record_id, changed)
        transaction.touched.was(entity.name, record_id, stored)
        transaction.touched.written(plan, entity.name, record_id, changed, states, judged)
        transaction.touched.written(plan, entity.name, record_id, ENGINE_GIVEN[2:], states)
    find_again(transaction, entity, rows)
    written = [
        (
            int(stored["id"]),
            int(stored["version"]) + 1,
            {name: (stored[name], value) for name, value in changed.items()},
        )
        for stored, changed in rows
    ]
    _keep_all(transaction, entity, written, "updated")


def _note_new(transaction: Transaction, entity: Entity, rows: Iterable[tuple[int, Values]]) -> None:
    """What is made of new rows. Formulas were worked out without what only the written row has."""
    plan = transaction.model.plan
    late = [CAME, *ENGINE_GIVEN, *(field.name for field in entity.declared if field.numbered)]
    for record_id, row in rows:
        given = [name for name, value in row.items() if value is not None]
        transaction.touched.was(entity.name, record_id, None)
        transaction.touched.written(plan, entity.name, record_id, given, [row], judged=True)
        transaction.touched.written(plan, entity.name, record_id, late, [row])


def find_again(transaction: Transaction, entity: Entity, rows: Sequence[tuple[Values, Values]]) -> None:
    """Changed rows are found by what they say now."""
    if transaction.backlog is not None:
        transaction.backlog.touch(entity.name)
        return
    if any(field.name in rows[0][1] for field in search_index.searched_fields(entity)):
        search_index.change_all(transaction.connection, entity, [{**stored, **changed} for stored, changed in rows])
    for stored, changed in rows:
        match_index.change(transaction.connection, transaction.ids, entity, {**stored, **changed}, changed)


def move_rows(transaction: Transaction, entity: Entity, rows: Sequence[Values], deleted_at: datetime | None) -> None:
    """Put rows into the bin, or take them out of it. Raises `Invalid` when the database finds a value repeated."""
    table, now, actor = transaction.model.table(entity.name), transaction.moment.now, transaction.actor.user_id
    values = {"version": table.c.version + 1, "updated_at": now, "updated_by": actor, "deleted_at": deleted_at}
    statement = update(table).where(table.c.id == bindparam("row_id")).values(**values)
    _execute(transaction, entity, statement, [{"row_id": row["id"]} for row in rows])
    for row in rows:
        transaction.touched.came(transaction.model.plan, entity.name, row, restored=deleted_at is None)
        kind: history.Kind = "restored" if deleted_at is None else "deleted"
        _keep(transaction, entity, int(row["id"]), int(row["version"]) + 1, kind, {})


def not_unique(entity: Entity, fields: Iterable[str]) -> dict[str, Text]:
    """The error of values that another record has already. Nothing is said of which one."""
    first = next(iter(fields))
    return {first: message_text("value.not_unique", label=entity.fields[first].label)}


def _execute(transaction: Transaction, entity: Entity, statement: Any, values: Any) -> None:
    guarded(entity, lambda: transaction.connection.execute(statement, values))


def guarded(entity: Entity, write: Callable[[], Any]) -> None:
    """Another process may have taken a value since it was looked for: then the database's own index refuses it, and
    nothing more can be written in this transaction."""
    try:
        write()
    except IntegrityError as error:
        reason = str(error.orig)
        for fields, columns in unique_groups(entity):
            if _names(reason, entity, columns):
                raise Invalid(not_unique(entity, fields)) from error
        raise
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != TOO_LONG_FOR_AN_INDEX:
            raise
        raise Invalid({"": message_text("value.too_long_for_an_index")}) from error


def _names(reason: str, entity: Entity, columns: tuple[str, ...]) -> bool:
    """PostgreSQL names the index, SQLite the columns."""
    listed = ", ".join(f"{PREFIX}{entity.name}.{column}" for column in columns)
    return f'"{unique_index_name(entity.name, columns)}"' in reason or reason.endswith(f": {listed}")


def _keep(
    transaction: Transaction,
    entity: Entity,
    record_id: int,
    version: int,
    kind: history.Kind,
    changes: history.Changes,
) -> None:
    _keep_all(transaction, entity, [(record_id, version, changes)], kind)


def _keep_all(
    transaction: Transaction,
    entity: Entity,
    written: Iterable[tuple[int, int, history.Changes]],
    kind: history.Kind,
) -> None:
    """(record, version, changes) of each write of one kind, at least one."""
    actor, at, next_id = transaction.actor.user_id, transaction.moment.now, transaction.ids.next
    entries = [
        (
            next_id(),
            history.Write(entity, record_id, version, at, actor, transaction.source, transaction.operation),
            changes,
        )
        for record_id, version, changes in written
    ]
    moves = [
        (next_id(), write, field.name, changes[field.name])
        for field in stage_fields(entity)
        for _, write, changes in entries
        if field.name in changes
    ]
    if transaction.backlog is not None:
        transaction.backlog.keep(kind, entries, moves)
        return
    history.record_writes(transaction.connection, entries, kind)
    for _, write, changes in entries:
        notices.tell_assigned(transaction, entity, write.record_id, changes)
    if moves:
        history.record_stages(transaction.connection, moves)


def stage_fields(entity: Entity) -> list[Field]:
    return [field for field in entity.fields.values() if "pipeline" in field.settings]
