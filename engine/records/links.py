"""Links of a record: what they may point at, and what happens to them when a record goes to the bin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, exists, func, select

from engine.access.actor import Actor
from engine.database.connection import Dialect
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.model import RecordModel
from engine.records.rows import RowSource
from engine.schema.model import Entity, Field


def dangling(
    connection: Connection,
    model: RecordModel,
    dialect: Dialect,
    entity: Entity,
    values: Mapping[str, Any],
    actor: Actor,
) -> dict[str, Text]:
    """Errors of links to records that do not exist, are in the bin, or may not be seen by the actor."""
    errors = {}
    for name, value in values.items():
        field = entity.fields[name]
        if field.target and value is not None and not _visible(connection, model, dialect, field, value, actor):
            errors[name] = message_text("value.no_such_record", label=model.entities[field.target].label)
    return errors


def _visible(
    connection: Connection, model: RecordModel, dialect: Dialect, field: Field, record_id: int, actor: Actor
) -> bool:
    rows = RowSource(model, dialect, field.target or "")
    here = [rows.table.c.id == record_id, rows.table.c.deleted_at.is_(None), rows.allowed(actor, "read")]
    if field.link_filter is not None:
        here.append(rows.condition(field.link_filter))
    statement = select(rows.table.c.id).select_from(rows.joined).where(*here)
    return connection.execute(statement, {"me": actor.user_id}).first() is not None


def repeated(
    connection: Connection, model: RecordModel, entity: Entity, row: Mapping[str, Any], record_id: int, groups: Groups
) -> dict[str, Text]:
    """Errors of values that another record outside the bin has already. Nothing is said of which one."""
    table = model.table(entity.name)
    errors = {}
    for fields, columns in groups:
        if any(row.get(column) is None for column in columns):
            continue
        same = [table.c[column] == row[column] for column in columns]
        others = exists().where(table.c.id != record_id, table.c.deleted_at.is_(None), *same)
        if connection.execute(select(others)).scalar():
            labels = [entity.fields[name].label for name in fields]
            errors[fields[0]] = message_text("value.not_unique", label=labels[0])
    return errors


Groups = Iterable[tuple[tuple[str, ...], tuple[str, ...]]]
"""(field names, column names) of what is unique together."""


def pointing_at(connection: Connection, model: RecordModel, field: Field, record_id: int) -> list[int]:
    """The ids of the records outside the bin whose `field` points at the record."""
    table = model.table(field.entity)
    statement = select(table.c.id).where(table.c[field.name] == record_id, table.c.deleted_at.is_(None))
    return list(connection.execute(statement).scalars())


def count_pointing_at(connection: Connection, model: RecordModel, field: Field, record_id: int) -> int:
    table = model.table(field.entity)
    where = (table.c[field.name] == record_id, table.c.deleted_at.is_(None))
    return connection.execute(select(func.count()).where(*where)).scalar_one()
