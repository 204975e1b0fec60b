"""When fields of records were last written, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all

from engine.database.connection import Dialect
from engine.database.system_tables import history
from engine.records.store import Store

LOOKED_AT = 500
"""Writes of a record that are looked through, the newest ones."""
Asked = tuple[str, int, str]
"""(entity, id, field)."""


@dataclass(frozen=True, slots=True)
class LastChange:
    at: datetime
    actor: str | None
    """None: the engine itself."""
    source: str


def last_changes(store: Store, asked: Sequence[Asked]) -> dict[Asked, LastChange]:
    """The last write of each of these fields, of records the actor has read; at most one statement."""
    if not asked:
        return {}
    user = store.model.table("user")
    found = union_all(*(_last(store.dialect, number, each) for number, each in enumerate(asked))).subquery()
    who = found.outerjoin(user, user.c.id == found.c.actor_id)
    statement = select(found.c.number, found.c.at, user.c.name, found.c.source).select_from(who)
    with store.reading() as connection:
        return {asked[row[0]]: LastChange(*row[1:]) for row in connection.execute(statement)}


def _last(dialect: Dialect, number: int, asked: Asked) -> Select[Any]:
    entity, record_id, name = asked
    written = select(history).where(history.c.entity == entity, history.c.record_id == record_id)
    newest = written.order_by(history.c.id.desc()).limit(LOOKED_AT).subquery()
    columns = (newest.c.at, newest.c.actor_id, newest.c.source)
    found = select(literal(number).label("number"), *columns).where(_has(dialect, newest.c.changes, name))
    return select(found.order_by(newest.c.id.desc()).limit(1).subquery())


def _has(dialect: Dialect, changes: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    if dialect == "postgresql":
        return func.json_extract_path(changes, name).is_not(None)
    return func.json_type(changes, f'$."{name}"').is_not(None)
