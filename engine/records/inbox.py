"""What a person was told of: read under their rights at the time of reading, by the pages that show it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Select, func, select, update

from engine.database.system_tables import comment, notification, operation
from engine.records.model import RecordModel
from engine.records.notices import Kind
from engine.records.operations import Operation, operation_of
from engine.records.paging import beyond, decode, encode, ordering

OPERATION = "operation__"
"""Prefix of the result columns that hold an operation."""
KEYS = ((notification.c.id, True),)


@dataclass(frozen=True, slots=True)
class Notice:
    """`said` is the comment it tells of, unless that was taken back."""

    id: int
    kind: Kind
    entity: str
    record_id: int
    comment_id: int | None
    actor: str | None
    at: datetime
    read: bool
    said: str | None = None
    operation: Operation | None = None
    """The operation that ended; then the notice is about nothing else."""
    audit_id: int | None = None
    """The entry of the audit it tells of; then it is about nothing else."""


def page(
    connection: Connection, model: RecordModel, user_id: int, unread: bool, limit: int, after: str | None = None
) -> tuple[list[Notice], str | None]:
    """The newest notices of a user, and the cursor of what is older. Raises `BadCursor`."""
    statement = _selected(model, user_id).order_by(*ordering(KEYS, False)).limit(limit + 1)
    if unread:
        statement = statement.where(notification.c.read_at.is_(None))
    if after:
        statement = statement.where(beyond(KEYS, decode(after, KEYS), False))
    found = [_notice(row) for row in connection.execute(statement).mappings()]
    return found[:limit], encode([found[limit - 1].id]) if len(found) > limit else None


def one(connection: Connection, model: RecordModel, user_id: int, notice_id: int) -> Notice | None:
    """One of the user's own notices."""
    row = connection.execute(_selected(model, user_id).where(notification.c.id == notice_id)).mappings().first()
    return _notice(row) if row else None


def count(connection: Connection, user_id: int) -> int:
    """How many the user has not read."""
    here = (notification.c.user_id == user_id, notification.c.read_at.is_(None))
    return int(connection.execute(select(func.count()).select_from(notification).where(*here)).scalar_one())


def mark_read(connection: Connection, user_id: int, now: datetime, ids: Collection[int] | None = None) -> None:
    """These notices of the user are read now; all of them when none are named."""
    statement = update(notification).where(notification.c.user_id == user_id, notification.c.read_at.is_(None))
    if ids is not None:
        statement = statement.where(notification.c.id.in_(ids))
    connection.execute(statement.values(read_at=now))


def _selected(model: RecordModel, user_id: int) -> Select[Any]:
    user = model.table("user")
    said = comment.c.id == notification.c.comment_id
    source = notification.outerjoin(user, user.c.id == notification.c.actor_id)
    source = source.outerjoin(comment, said & comment.c.deleted_at.is_(None))
    source = source.outerjoin(operation, operation.c.id == notification.c.operation)
    ended = [column.label(f"{OPERATION}{column.name}") for column in operation.columns]
    return (
        select(notification, user.c.name.label("actor"), comment.c.body, *ended)
        .select_from(source)
        .where(notification.c.user_id == user_id)
    )


def _notice(row: Mapping[Any, Any]) -> Notice:
    return Notice(
        id=row["id"],
        kind=cast(Kind, row["kind"]),
        entity=row["entity"],
        record_id=row["record_id"],
        comment_id=row["comment_id"],
        actor=row["actor"],
        at=row["at"],
        read=row["read_at"] is not None,
        said=row["body"],
        operation=_operation(row),
        audit_id=row["audit_id"],
    )


def _operation(row: Mapping[Any, Any]) -> Operation | None:
    """None also for an operation that is no more."""
    if row[f"{OPERATION}id"] is None:
        return None
    return operation_of({column.name: row[f"{OPERATION}{column.name}"] for column in operation.columns})
