"""Who hears of a record: its owner, who wrote about it, who was named in what was written, and who asked to."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from engine.database.system_tables import follow
from engine.records.transaction import Transaction


def followers(connection: Connection, entity: str, record_id: int, owner: int | None) -> set[int]:
    """The ids of the users who follow a record."""
    rows = dict(_rows(connection, entity, record_id))
    asked = {user_id for user_id, following in rows.items() if following}
    return asked | {owner} if owner is not None and rows.get(owner, True) else asked


def join(transaction: Transaction, entity: str, record_id: int, user_ids: Iterable[int]) -> None:
    """These people follow the record from now on, but for those who said they do not want to."""
    known = dict(_rows(transaction.connection, entity, record_id))
    for user_id in dict.fromkeys(user_ids):
        if user_id not in known:
            _insert(transaction, entity, record_id, user_id, True)


def choose(transaction: Transaction, entity: str, record_id: int, user_id: int, following: bool) -> None:
    """What a person chose for themselves holds whatever happens to the record."""
    here = (follow.c.entity == entity, follow.c.record_id == record_id, follow.c.user_id == user_id)
    transaction.connection.execute(delete(follow).where(*here))
    _insert(transaction, entity, record_id, user_id, following)


def _insert(transaction: Transaction, entity: str, record_id: int, user_id: int, following: bool) -> None:
    row = {"entity": entity, "record_id": record_id, "user_id": user_id, "following": following}
    transaction.connection.execute(insert(follow).values(**row, at=transaction.moment.now))


def _rows(connection: Connection, entity: str, record_id: int) -> list[tuple[int, bool]]:
    statement = select(follow.c.user_id, follow.c.following)
    here = (follow.c.entity == entity, follow.c.record_id == record_id)
    return [(user_id, following) for user_id, following in connection.execute(statement.where(*here))]
