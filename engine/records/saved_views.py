"""Views that people save: what an address says on top of a blueprint's view, for themselves or for others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    String,
    and_,
    bindparam,
    insert,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
    update,
)

from engine.access.actor import Actor
from engine.clock import Clock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.database.system_tables import view as table, view_layout
from engine.records.errors import RecordNotFound

EVERYBODY = "*"
MOST = 100
"""Views one person may keep of one entity."""
LONGEST_NAME = 60
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SavedView:
    """`query` holds the parameters of an address; `base` names the blueprint's view they belong to."""

    id: int
    entity: str
    name: str
    kind: str
    base: str
    query: Pairs
    owner: int
    shared_with: tuple[str, ...] = ()
    """Role names, or `EVERYBODY`; empty for a personal view."""

    def seen_by(self, actor: Actor) -> bool:
        return self.owner == actor.user_id or bool({EVERYBODY, *actor.roles} & set(self.shared_with))


class TooMany(Exception):
    """The person keeps as many views of the entity as there may be."""


class SavedViews:
    """The saved views of one workspace. A view that one may not see is not found."""

    def __init__(self, database: Database, ids: Identifiers, clock: Clock) -> None:
        self._database, self._ids, self._clock = database, ids, clock

    def of(self, actor: Actor, entity: str) -> tuple[SavedView, ...]:
        """What the actor sees of an entity, the shared ones first; one statement."""
        wanted = and_(table.c.entity == entity, table.c.deleted_at.is_(None), self._reachable(actor))
        statement = select(table).where(wanted).order_by(table.c.position, table.c.id)
        with self._database.read() as connection:
            found = [_view(row) for row in connection.execute(statement).mappings()]
        seen = [each for each in found if each.seen_by(actor)]
        return tuple(sorted(seen, key=lambda each: not each.shared_with))

    def with_layouts(self, actor: Actor, entity: str) -> tuple[tuple[SavedView, ...], Mapping[str, Any]]:
        """What `of` gives, and how the actor arranged the columns of the entity's views, by view; one statement."""
        with self._database.read() as connection:
            unsorted = connection.execute(_WITH_LAYOUTS, {"entity": entity, "person": actor.user_id}).mappings()
            rows = sorted(unsorted, key=lambda row: (row["position"], row["id"]))
        found = [_view(row) for row in rows if row["id"]]
        seen = sorted((each for each in found if each.seen_by(actor)), key=lambda each: not each.shared_with)
        return tuple(seen), {row["name"]: row["query"] for row in rows if not row["id"]}

    def get(self, actor: Actor, entity: str, view_id: int, deleted: bool = False) -> SavedView:
        """Raises `RecordNotFound`."""
        state = table.c.deleted_at.is_not(None) if deleted else table.c.deleted_at.is_(None)
        statement = select(table).where(table.c.id == view_id, table.c.entity == entity, state)
        with self._database.read() as connection:
            row = connection.execute(statement).mappings().first()
        if row is None or not (found := _view(row)).seen_by(actor):
            raise RecordNotFound
        return found

    def add(self, view: SavedView) -> SavedView:
        """Keep a new view of its owner and give it with its id. Raises `TooMany`."""
        now, view_id = self._clock.now(), self._ids.next()
        mine = and_(table.c.entity == view.entity, table.c.owner == view.owner, table.c.deleted_at.is_(None))
        row = {**_row(view), "id": view_id, "position": 0, "created_at": now, "updated_at": now}
        with self._database.write() as connection:
            if len(connection.execute(select(table.c.id).where(mine)).all()) >= MOST:
                raise TooMany
            connection.execute(insert(table).values(row))
        return _view({**row, "id": view_id})

    def change(self, view: SavedView) -> None:
        """Keep the view as it is given, under its id."""
        self._update(view.id, **_row(view))

    def delete(self, view: SavedView) -> None:
        self._update(view.id, deleted_at=self._clock.now())

    def restore(self, view: SavedView) -> None:
        self._update(view.id, deleted_at=None)

    def _update(self, view_id: int, **values: Any) -> None:
        with self._database.write() as connection:
            changed = {**values, "updated_at": self._clock.now()}
            connection.execute(update(table).where(table.c.id == view_id).values(changed))

    def _reachable(self, actor: Actor) -> ColumnElement[bool]:
        """One's own and every shared one; which of these are shared with the actor is told from their rows."""
        return or_(table.c.owner == actor.user_id, table.c.shared_with.is_not(None))


def _row(view: SavedView) -> dict[str, Any]:
    return {
        "entity": view.entity,
        "name": view.name,
        "kind": view.kind,
        "base": view.base,
        "query": [list(pair) for pair in view.query],
        "owner": view.owner,
        "shared_with": list(view.shared_with) or None,
    }


def _view(row: Any) -> SavedView:
    return SavedView(
        id=row["id"],
        entity=row["entity"],
        name=row["name"],
        kind=row["kind"],
        base=row["base"],
        query=tuple((str(name), str(value)) for name, value in row["query"]),
        owner=row["owner"],
        shared_with=tuple(row["shared_with"] or ()),
    )


def _with_layouts() -> CompoundSelect[Any]:
    """The views of `:entity` that `:person` may reach, and how they arranged its columns."""
    entity, person = bindparam("entity", type_=String()), bindparam("person", type_=BigInteger())
    reachable = or_(table.c.owner == person, table.c.shared_with.is_not(None))
    wanted = and_(table.c.entity == entity, table.c.deleted_at.is_(None), reachable)
    names = ("id", "entity", "name", "kind", "base", "query", "owner", "shared_with", "position")
    nobody = type_coerce(null(), JSON())
    mine = view_layout.c
    kept = (literal(0), mine.entity, mine.view, literal(""), literal(""), mine.layout, mine.user_id, nobody)
    layouts = select(*kept, literal(-1)).where(mine.user_id == person, mine.entity == entity)
    return union_all(select(*(table.c[name] for name in names)).where(wanted), layouts)


_WITH_LAYOUTS = _with_layouts()
