"""What a person keeps at hand: the records they starred, and those they opened last. Titles come through the gateway,
so a record that may no longer be read is not among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, insert, select, update

from engine.access.actor import Actor
from engine.database.connection import Database
from engine.database.system_tables import recent, star
from engine.records.store import Store

VISIT_EVERY = timedelta(minutes=5)
MOST_RECENT = 50
"""Records kept for each person."""
MOST_STARRED = 500
"""Starred records of an entity that a list is narrowed to, the newest."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record on the shelf, as the actor may read it."""

    entity: str
    id: int
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What one record is to a person."""

    starred: bool
    visit_due: bool
    """It was not opened within the last minutes: `visit` keeps that it is now."""


class Shelf:
    def __init__(self, database: Database, store: Store) -> None:
        self._database, self._store = database, store

    def standing(self, actor: Actor, entity: str, record_id: int) -> Standing:
        """One statement."""
        starred = select(func.count()).select_from(star).where(_mine(star, actor, entity, record_id))
        seen = select(recent.c.at).where(_mine(recent, actor, entity, record_id))
        with self._database.read() as connection:
            row = connection.execute(select(starred.scalar_subquery(), seen.scalar_subquery())).one()
        now = self._store.moment(actor).now
        return Standing(bool(row[0]), row[1] is None or now - row[1] >= VISIT_EVERY)

    def set_star(self, actor: Actor, entity: str, record_id: int, on: bool) -> None:
        """Star a record, or take the star away; the one who asks must have read it."""
        with self._database.write() as connection:
            connection.execute(delete(star).where(_mine(star, actor, entity, record_id)))
            if on:
                connection.execute(insert(star).values(**self._row(actor, entity, record_id)))

    def visit(self, actor: Actor, entity: str, record_id: int) -> None:
        """Keep that the record was opened now; of older ones `MOST_RECENT` stay."""
        row = self._row(actor, entity, record_id)
        with self._database.write() as connection:
            mine = _mine(recent, actor, entity, record_id)
            if not connection.execute(update(recent).where(mine).values(at=row["at"])).rowcount:
                connection.execute(insert(recent).values(**row))
                _trim(connection, actor)

    def starred_ids(self, actor: Actor, entity: str) -> tuple[int, ...]:
        """The records of one entity the actor starred, the newest star first."""
        mine = (star.c.user_id == actor.user_id, star.c.entity == entity)
        statement = select(star.c.record_id).where(*mine).order_by(star.c.at.desc()).limit(MOST_STARRED)
        with self._database.read() as connection:
            return tuple(connection.execute(statement).scalars())

    def starred(self, actor: Actor, limit: int = 12) -> tuple[Kept, ...]:
        """The last starred records: one statement, and one for each entity among them."""
        return self._kept(star, actor, limit)

    def recent(self, actor: Actor, limit: int = 12) -> tuple[Kept, ...]:
        """The last opened records: one statement, and one for each entity among them."""
        return self._kept(recent, actor, limit)

    def _kept(self, table: Table, actor: Actor, limit: int) -> tuple[Kept, ...]:
        statement = select(table).where(table.c.user_id == actor.user_id).order_by(table.c.at.desc()).limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(statement).all()
        titles = {
            (entity, record_id): title
            for entity in dict.fromkeys(row.entity for row in rows)
            if entity in self._store.model.entities
            for record_id, title in self._store.titles(
                actor, entity, [row.record_id for row in rows if row.entity == entity]
            ).items()
        }
        return tuple(
            Kept(row.entity, row.record_id, titles[row.entity, row.record_id], row.at)
            for row in rows
            if (row.entity, row.record_id) in titles
        )

    def _row(self, actor: Actor, entity: str, record_id: int) -> dict[str, object]:
        now = self._store.moment(actor).now
        return {"user_id": actor.user_id, "entity": entity, "record_id": record_id, "at": now}


def _mine(table: Table, actor: Actor, entity: str, record_id: int) -> ColumnElement[bool]:
    return and_(table.c.user_id == actor.user_id, table.c.entity == entity, table.c.record_id == record_id)


def _trim(connection: Connection, actor: Actor) -> None:
    mine = recent.c.user_id == actor.user_id
    oldest = select(recent.c.at).where(mine).order_by(recent.c.at.desc()).offset(MOST_RECENT).limit(1)
    connection.execute(delete(recent).where(mine, recent.c.at <= oldest.scalar_subquery()))
