"""Answers of the API that are kept for a day: what comes again under the same key is not carried out again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.database.connection import Database
from engine.database.system_tables import api_answer as table

KEPT = timedelta(hours=24)
LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Once:
    """One request under a key. `fingerprint` tells it from another request under the same key."""

    token_id: int
    key: str
    fingerprint: str


class OtherRequest(Exception):
    """The key was used for another request."""


def answered(connection: Connection, once: Once, now: datetime, act: Callable[[], Answer]) -> tuple[Answer, bool]:
    """The answer of `act`, kept in the same transaction, or the one it had before and True. Who comes while the first
    is under way waits for it. Raises `OtherRequest`."""
    mine = (table.c.token_id == once.token_id, table.c.key == once.key)
    connection.execute(delete(table).where(*mine, table.c.at <= now - KEPT))
    if not _claim(connection, once, now):
        return _kept(connection.execute(select(table).where(*mine)).one(), once), True
    answer = act()
    kept = {"status": answer.status, "body": answer.body, "location": answer.location}
    connection.execute(update(table).where(*mine).values(kept))
    return answer, False


def known(connection: Connection, once: Once, now: datetime) -> Answer | None:
    """The answer that the request had before, where it had one. Raises `OtherRequest`."""
    mine = (table.c.token_id == once.token_id, table.c.key == once.key, table.c.at > now - KEPT)
    row = connection.execute(select(table).where(*mine)).first()
    return _kept(row, once) if row else None


def forget(database: Database, now: datetime) -> int:
    """Drop the answers that are older than a day; how many."""
    with database.write() as connection:
        return int(connection.execute(delete(table).where(table.c.at <= now - KEPT)).rowcount)


def _kept(row: Row[Any], once: Once) -> Answer:
    if row.fingerprint != once.fingerprint:
        raise OtherRequest
    return Answer(row.status, row.body, row.location)


def _claim(connection: Connection, once: Once, now: datetime) -> bool:
    """Whether the key was free."""
    insert: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = {"token_id": once.token_id, "key": once.key, "fingerprint": once.fingerprint, "status": 0, "at": now}
    return (
        connection.execute(insert(table).values(row).on_conflict_do_nothing().returning(table.c.key)).first()
        is not None
    )
