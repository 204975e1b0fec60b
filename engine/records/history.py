"""History: one row per write with the values from and to, and the stages a record has been in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field as default
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Select, bindparam, select, update

from engine.database.inserting import insert_all
from engine.database.system_tables import history, stage_entry
from engine.records.model import RecordModel
from engine.records.paging import beyond, decode, ordering
from engine.schema.field_type import ValueRefused
from engine.schema.model import Entity, Field

Kind = Literal["created", "updated", "deleted", "restored"]
Changes = Mapping[str, tuple[Any, Any]]
KEYS = ((history.c.at, True), (history.c.id, True))
"""Newest first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One write. `changes` holds (from, to) as values of the field's type, by field name."""

    at: datetime
    actor: str | None
    source: str
    kind: Kind
    version: int
    changes: Changes
    id: int = default(default=0, compare=False)
    actor_id: int | None = default(default=None, compare=False)
    operation: int | None = default(default=None, compare=False)
    record_id: int = default(default=0, compare=False)
    """Another one than the record's, where that one was merged into it."""


@dataclass(frozen=True, slots=True)
class Others:
    """More records whose writes are read along, and the parameters their statement needs."""

    ids: Select[tuple[int]]
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Write:
    """Who writes, when, from where, about which record."""

    entity: Entity
    record_id: int
    version: int
    at: datetime
    actor_id: int | None
    source: str
    operation: int | None = None


def record_write(connection: Connection, entry_id: int, write: Write, kind: Kind, changes: Changes) -> None:
    """Keep one write. Of an untracked field only its name is kept: conflicts are found by it. What is worked out is no
    change by anybody."""
    record_writes(connection, [(entry_id, write, changes)], kind)


def record_writes(connection: Connection, written: Iterable[tuple[int, Write, Changes]], kind: Kind) -> None:
    """Keep many writes of one kind, at least one."""
    rows = [
        {
            "id": entry_id,
            "entity": write.entity.name,
            "record_id": write.record_id,
            "at": write.at,
            "actor_id": write.actor_id,
            "source": write.source,
            "kind": kind,
            "version": write.version,
            "changes": _kept(write.entity.fields, changes),
            "operation": write.operation,
        }
        for entry_id, write, changes in written
    ]
    insert_all(connection, history, rows)


def _kept(fields: Mapping[str, Field], changes: Changes) -> dict[str, list[Any]]:
    kept: dict[str, list[Any]] = {}
    for name, (before, after) in changes.items():
        field = fields[name]
        if field.computed is not None:
            continue
        if field.track:
            kept[name] = [to_json(field, before), to_json(field, after)]
        elif not field.system:
            kept[name] = [None, None]
    return kept


def record_stage(connection: Connection, entry_id: int, write: Write, field: str, pair: tuple[Any, Any]) -> None:
    """Close the stage a record leaves and open the one it enters."""
    record_stages(connection, [(entry_id, write, field, pair)])


def record_stages(connection: Connection, moves: Sequence[tuple[int, Write, str, tuple[Any, Any]]]) -> None:
    """Close the stages that records leave and open those they enter."""
    left = [
        {"of_entity": write.entity.name, "of_record": write.record_id, "of_field": field, "at": write.at}
        for _, write, field, (previous, _) in moves
        if previous is not None
    ]
    entered = [
        {
            "id": entry_id,
            "entity": write.entity.name,
            "record_id": write.record_id,
            "field": field,
            "stage": stage,
            "previous": previous,
            "entered_at": write.at,
            "actor_id": write.actor_id,
        }
        for entry_id, write, field, (previous, stage) in moves
        if stage is not None
    ]
    if left:
        connection.execute(_LEAVE, left)
    if entered:
        insert_all(connection, stage_entry, entered)


_LEAVE = (
    update(stage_entry)
    .where(
        stage_entry.c.entity == bindparam("of_entity"),
        stage_entry.c.record_id == bindparam("of_record"),
        stage_entry.c.field == bindparam("of_field"),
        stage_entry.c.left_at.is_(None),
    )
    .values(left_at=bindparam("at"))
)


def values_at(connection: Connection, entity: str, record_id: int, version: int) -> dict[str, Any]:
    """The fields written after `version`, each with the value it had then, as the history keeps it."""
    written_later = (history.c.entity == entity, history.c.record_id == record_id, history.c.version > version)
    statement = select(history.c.changes).where(*written_later).order_by(history.c.version)
    found: dict[str, Any] = {}
    for changes in connection.execute(statement).scalars():
        for name, (before, _) in changes.items():
            found.setdefault(name, before)
    return found


def last_write(
    connection: Connection, model: RecordModel, entity: str, record_id: int
) -> tuple[str | None, datetime | None]:
    """Who wrote last, and when."""
    user = model.table("user")
    statement = (
        select(user.c.name, history.c.at)
        .select_from(history.outerjoin(user, user.c.id == history.c.actor_id))
        .where(history.c.entity == entity, history.c.record_id == record_id)
        .order_by(history.c.id.desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    return (row[0], row[1]) if row else (None, None)


def entries(
    connection: Connection,
    model: RecordModel,
    entity: Entity,
    record_id: int,
    limit: int,
    after: str | None = None,
    others: Others | None = None,
) -> list[Entry]:
    """The last writes of a record, newest first, with the name of who wrote; those older than the cursor `after`, and
    with those of the records `others`. Raises `BadCursor`."""
    user = model.table("user")
    own = history.c.record_id == record_id
    if others is not None:
        own |= history.c.record_id.in_(others.ids)
    statement = (
        select(history, user.c.name.label("actor"))
        .select_from(history.outerjoin(user, user.c.id == history.c.actor_id))
        .where(history.c.entity == entity.name, own)
        .order_by(*ordering(KEYS, False))
        .limit(limit)
    )
    if after:
        statement = statement.where(beyond(KEYS, decode(after, KEYS), False))
    found = connection.execute(statement, others.parameters if others else {}).mappings()
    whole = model.whole.entities[entity.name].fields
    return [_entry(entity, row) for row in found if not _unseen(entity, whole, row)]


def stages_of(connection: Connection, entity: str, record_id: int) -> list[tuple[str, datetime, datetime | None]]:
    """The stages a record has been in: (stage, entered, left), oldest first."""
    statement = (
        select(stage_entry.c.stage, stage_entry.c.entered_at, stage_entry.c.left_at)
        .where(stage_entry.c.entity == entity, stage_entry.c.record_id == record_id)
        .order_by(stage_entry.c.entered_at, stage_entry.c.id)
    )
    return [(stage, entered, left) for stage, entered, left in connection.execute(statement)]


def _unseen(entity: Entity, whole: Mapping[str, Field], row: Mapping[Any, Any]) -> bool:
    """Whether a change is of nothing but fields that the entity, as somebody sees it, does not have."""
    names = row["changes"].keys()
    return row["kind"] == "updated" and bool(names) and all(n in whole and n not in entity.fields for n in names)


def _entry(entity: Entity, row: Mapping[Any, Any]) -> Entry:
    changes = {
        name: (_from_json(entity.fields[name], pair[0]), _from_json(entity.fields[name], pair[1]))
        for name, pair in row["changes"].items()
        if name in entity.fields and entity.fields[name].track
    }
    written = row["at"], row["actor"], row["source"], row["kind"], row["version"], changes
    return Entry(
        *written, id=row["id"], actor_id=row["actor_id"], operation=row["operation"], record_id=row["record_id"]
    )


def to_json(field: Field, value: Any) -> Any:
    """A value as the history keeps it."""
    return None if value is None else field.type.to_json(value)


def _from_json(field: Field, value: Any) -> Any:
    """A value kept before the field's options changed may not fit it any more; then it is given as it was kept."""
    try:
        return None if value is None else field.type.accept(value, field)
    except ValueRefused:
        return value
