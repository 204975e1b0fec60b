"""Imports that are being prepared, or were run: the file, how it is read, where its columns go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from engine.access.actor import Actor
from engine.database.import_tables import import_file as table
from engine.exchange.check import Check
from engine.exchange.header_words import plain_title
from engine.exchange.plan import ColumnMap, ImportPlan
from engine.exchange.sheet import ReadOptions, Sheet
from engine.records.errors import RecordNotFound
from engine.schema.record_ids import LARGEST


@dataclass(frozen=True, slots=True)
class Draft:
    """`operation` runs or ran it, `checking` is its dry run in the background; None before they are asked for."""

    id: int
    entity: str
    actor_id: int | None
    name: str
    content: str
    """The hash of the file."""
    size: int
    options: ReadOptions
    plan: ImportPlan
    rows: int
    check: Check | None
    operation: int | None
    checking: int | None
    created_at: datetime


def header_key(sheet: Sheet) -> str:
    """What two files with the same columns have in common."""
    return sha256("\n".join(plain_title(title) for title in sheet.header).encode()).hexdigest()


def add(connection: Connection, draft: Draft, sheet: Sheet) -> None:
    connection.execute(
        insert(table).values(
            id=draft.id,
            entity=draft.entity,
            actor_id=draft.actor_id,
            name=draft.name,
            hash=draft.content,
            size=draft.size,
            header=header_key(sheet),
            options=draft.options.to_json(),
            plan=draft.plan.to_json(),
            rows=draft.rows,
            created_at=draft.created_at,
        )
    )


def read(connection: Connection, draft_id: int) -> Draft:
    """Raises `RecordNotFound`."""
    if not 0 < draft_id <= LARGEST:
        raise RecordNotFound
    found = connection.execute(select(table).where(table.c.id == draft_id)).mappings().first()
    if found is None:
        raise RecordNotFound
    return _draft(dict(found))


def of_operation(connection: Connection, operation_id: int) -> Draft | None:
    here = (table.c.operation == operation_id) | (table.c.checking == operation_id)
    found = connection.execute(select(table).where(here)).mappings().first()
    return _draft(dict(found)) if found else None


def listed(connection: Connection, actor: Actor, limit: int) -> Sequence[Draft]:
    """Those of the actor, the newest first."""
    statement = select(table).where(table.c.actor_id == actor.user_id).order_by(table.c.id.desc()).limit(limit)
    return [_draft(dict(row)) for row in connection.execute(statement).mappings()]


def change(connection: Connection, draft_id: int, **values: Any) -> None:
    connection.execute(update(table).where(table.c.id == draft_id).values(**values))


def remove(connection: Connection, draft_id: int) -> None:
    connection.execute(delete(table).where(table.c.id == draft_id))


def clear(connection: Connection, before: datetime) -> None:
    """Forget the imports begun before a moment that nobody ran, and of the others what their checks said of rows."""
    old = table.c.created_at < before
    connection.execute(delete(table).where(old, table.c.operation.is_(None)))
    connection.execute(update(table).where(old, table.c.check.is_not(None)).values(check=None))


def contents(connection: Connection, since: datetime | None = None) -> set[str]:
    """The files of imports, of those begun since a moment if one is given."""
    statement = select(table.c.hash)
    if since is not None:
        statement = statement.where(table.c.created_at >= since)
    return set(connection.execute(statement).scalars())


def past(connection: Connection, entity: str, sheet: Sheet) -> tuple[ColumnMap, ...]:
    """The columns of the last import of a file with the same titles that somebody ran."""
    here = (table.c.entity == entity, table.c.header == header_key(sheet), table.c.operation.is_not(None))
    statement = select(table.c.plan).where(*here).order_by(table.c.id.desc()).limit(1)
    found = connection.execute(statement).scalar_one_or_none()
    return ImportPlan.from_json(found).columns if found else ()


def _draft(row: Mapping[str, Any]) -> Draft:
    return Draft(
        row["id"],
        row["entity"],
        row["actor_id"],
        row["name"],
        row["hash"],
        row["size"],
        ReadOptions.from_json(row["options"]),
        ImportPlan.from_json(row["plan"]),
        row["rows"],
        Check.from_json(row["check"]) if row["check"] else None,
        row["operation"],
        row["checking"],
        row["created_at"],
    )
