"""What the engine keeps beside a record goes along when it is merged: comments, files, notices, stars, who follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from engine.database.system_tables import comment, file, follow, notification, recent, star

BY_ID = (comment, notification)
BY_USER = (follow, star, recent)
Moved = dict[str, list[Any]]
"""Table -> the ids, or the users, of the rows that went along; `files` holds [id, field, released_at]."""
CHUNK = 500


def move(connection: Connection, entity: str, gone: int, stays: int, files: Sequence[int]) -> Moved:
    """`files` are those of fields of the record whose value is taken; those in no field go along anyway."""
    moved: Moved = {}
    for table in BY_ID:
        here = (table.c.entity == entity, table.c.record_id == gone)
        moved[table.name] = list(connection.execute(select(table.c.id).where(*here)).scalars())
        connection.execute(update(table).where(*here).values(record_id=stays))
    for table in BY_USER:
        theirs = select(table.c.user_id).where(table.c.entity == entity, table.c.record_id == stays)
        own = select(table.c.user_id).where(table.c.entity == entity, table.c.record_id == gone)
        moved[table.name] = list(connection.execute(own.where(table.c.user_id.not_in(theirs))).scalars())
        _rename(connection, table, table.c.user_id, moved[table.name], entity, gone, stays)
    wanted = (file.c.entity == entity, file.c.record_id == gone, file.c.field.is_(None) | file.c.id.in_(files))
    found = connection.execute(select(file.c.id, file.c.field).where(*wanted)).all()
    moved["files"] = [[row.id, row.field] for row in found]
    _rename(connection, file, file.c.id, [row.id for row in found], entity, gone, stays)
    return moved


def move_back(connection: Connection, entity: str, gone: int, stays: int, moved: Mapping[str, Sequence[Any]]) -> None:
    """As far as the rows are still where they went."""
    for table in BY_ID:
        _rename(connection, table, table.c.id, moved.get(table.name, ()), entity, stays, gone)
    for table in BY_USER:
        _rename(connection, table, table.c.user_id, moved.get(table.name, ()), entity, stays, gone)
    ids = [file_id for file_id, _ in moved.get("files", ())]
    _rename(connection, file, file.c.id, ids, entity, stays, gone, released_at=None)


def _rename(
    connection: Connection,
    table: Any,
    column: Any,
    keys: Sequence[Any],
    entity: str,
    one: int,
    other: int,
    **more: Any,
) -> None:
    for start in range(0, len(keys), CHUNK):
        here = (table.c.entity == entity, table.c.record_id == one, column.in_(keys[start : start + CHUNK]))
        connection.execute(update(table).where(*here).values(record_id=other, **more))
