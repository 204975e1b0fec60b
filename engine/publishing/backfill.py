"""What rows already there get when a blueprint adds to their entity: the columns kept beside a value, and a stage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, MetaData, bindparam, func, insert, select, update

from engine.blueprint import Blueprint
from engine.clock import Clock
from engine.database.ddl import Difference
from engine.database.identifiers import Identifiers
from engine.database.system_tables import stage_entry
from engine.publishing.changes import NotAdditive, not_unique
from engine.publishing.numbering import number_existing
from engine.schema.model import Entity, Field
from engine.schema.tables import PREFIX, unique_groups

CHUNK = 1000


def fill_new_columns(
    connection: Connection,
    blueprint: Blueprint,
    tables: MetaData,
    differences: Iterable[Difference],
    ids: Identifiers,
    clock: Clock,
) -> None:
    """Raises `NotAdditive` when values that are now unique repeat."""
    added = {(item.table, item.name) for item in differences if item.kind == "add_column"}
    for entity in blueprint.entities.values():
        for field in entity.declared:
            own = [column.name for column in field.type.columns(field)]
            new = [name for name in own if (PREFIX + entity.name, name) in added]
            if new and new[0] != field.name:
                _fill_companions(connection, tables, entity, field, new)
            pipeline = blueprint.pipelines.get(str(field.settings.get("pipeline", "")))
            if new and new[0] == field.name and field.numbered:
                number_existing(connection, tables, field, blueprint.settings.time_zone)
            if new and pipeline is not None:
                _fill_stage(connection, tables, field, pipeline.first.key, ids, clock)
        _check_unique(connection, tables, entity, added)


def _fill_companions(connection: Connection, tables: MetaData, entity: Entity, field: Field, new: list[str]) -> None:
    table = tables.tables[PREFIX + entity.name]
    value = table.c[field.name]
    statement = update(table).where(table.c.id == bindparam("row_id"))
    last = 0
    while True:
        page = select(table.c.id, value).where(table.c.id > last, value.is_not(None)).order_by(table.c.id).limit(CHUNK)
        rows = connection.execute(page).all()
        if not rows:
            return
        filled = [{"row_id": row_id, **_only(field, found, new)} for row_id, found in rows]
        connection.execute(statement.values({name: bindparam(name) for name in new}), filled)
        last = rows[-1][0]


def _only(field: Field, value: Any, names: list[str]) -> dict[str, Any]:
    return {name: kept for name, kept in field.type.companions(value, field).items() if name in names}


def _fill_stage(
    connection: Connection, tables: MetaData, field: Field, stage: str, ids: Identifiers, clock: Clock
) -> None:
    """Records that were there before their pipeline stand at its beginning."""
    table, now = tables.tables[PREFIX + field.entity], clock.now()
    found = connection.execute(select(table.c.id).where(table.c[field.name].is_(None))).scalars().all()
    connection.execute(update(table).where(table.c[field.name].is_(None)).values({field.name: stage}))
    entry = {"entity": field.entity, "field": field.name, "stage": stage, "entered_at": now}
    if found:
        connection.execute(insert(stage_entry), [{"id": ids.next(), "record_id": row, **entry} for row in found])


def _check_unique(connection: Connection, tables: MetaData, entity: Entity, added: set[tuple[str, str]]) -> None:
    """The columns of a group may be new: only now are they filled."""
    table = tables.tables[PREFIX + entity.name]
    for fields, names in unique_groups(entity):
        if not any((table.name, name) in added for name in names):
            continue
        columns = [table.c[name] for name in names]
        present = [column.is_not(None) for column in columns]
        statement = select(*columns).where(table.c.deleted_at.is_(None), *present).group_by(*columns)
        if connection.execute(statement.having(func.count() > 1).limit(1)).first():
            raise NotAdditive((not_unique(entity.name, fields),))
