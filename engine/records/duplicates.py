"""Groups of records that may be the same, the surest first, as far as the actor may read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, insert, or_, select

from engine.access.actor import Actor
from engine.database.connection import Database
from engine.database.match_tables import match_apart, match_due, match_pair
from engine.records.errors import RecordNotFound
from engine.records.paging import Keys, beyond, decode, encode, ordering
from engine.records.rows import RowSource
from engine.records.store import Store
from engine.schema.matching import CERTAIN

KEYS: Keys = ((match_pair.c.rank, True), (match_pair.c.low, False), (match_pair.c.high, False))
MOST_BESIDE = 300
"""Pairs looked at to complete the groups of a page."""
COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Pair:
    low: int
    high: int
    rule: str
    rank: int

    @property
    def certain(self) -> bool:
        return self.rank > CERTAIN

    @property
    def likeness(self) -> int:
        return self.rank % CERTAIN

    @property
    def order(self) -> tuple[int, int, int]:
        return -self.rank, self.low, self.high


@dataclass(frozen=True, slots=True)
class Group:
    """Records that may be the same; `pairs` say why, the surest first."""

    ids: tuple[int, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class GroupPage:
    groups: tuple[Group, ...]
    after: str | None


def duplicates(store: Store, actor: Actor, entity: str, limit: int, after: str | None = None) -> GroupPage:
    """A page of groups; two statements. Raises `BadCursor`."""
    moment = store.moment(actor)
    parameters = moment.parameters
    seen = [match_pair.c.entity == entity, *_seen(store, actor, entity)]
    columns = (match_pair.c.low, match_pair.c.high, match_pair.c.rule, match_pair.c.rank)
    first = select(*columns).where(*seen).order_by(*ordering(KEYS, False)).limit(limit + 1)
    if after:
        first = first.where(beyond(KEYS, decode(after, KEYS), False))
    with store.reading() as connection:
        found = [Pair(*row) for row in connection.execute(first, parameters)]
        page = found[:limit]
        ids = sorted({record_id for pair in page for record_id in (pair.low, pair.high)})
        touching = or_(match_pair.c.low.in_(ids), match_pair.c.high.in_(ids))
        beside = select(*columns).where(*seen, touching).order_by(*ordering(KEYS, False)).limit(MOST_BESIDE)
        more = [Pair(*row) for row in connection.execute(beside, parameters)] if page else []
    groups = _grouped(page, {pair.order: pair for pair in (*page, *more)}.values())
    last = page[-1] if len(found) > limit else None
    return GroupPage(groups, encode([last.rank, last.low, last.high]) if last else None)


def waiting(store: Store, entity: str) -> int:
    """How many records are still to be compared, counted up to `COUNTED`."""
    statement = select(match_due.c.record_id).where(match_due.c.entity == entity).limit(COUNTED)
    with store.reading() as connection:
        return len(connection.execute(statement).all())


def set_apart(database: Database, store: Store, actor: Actor, entity: str, ids: Sequence[int]) -> None:
    """Keep that none of these is a duplicate of another one. Raises `RecordNotFound` for what the actor may not
    read."""
    if len(store.titles(actor, entity, ids)) != len(set(ids)):
        raise RecordNotFound
    ordered, now = sorted(set(ids)), store.moment(actor).now
    pairs = [(low, high) for place, low in enumerate(ordered) for high in ordered[place + 1 :]]
    with database.write() as connection:
        here = match_apart.c.low.in_(ordered) & match_apart.c.high.in_(ordered)
        known = {tuple(row) for row in connection.execute(select(match_apart.c.low, match_apart.c.high).where(here))}
        rows = [
            {"low": low, "high": high, "by_id": actor.user_id, "at": now}
            for low, high in pairs
            if (low, high) not in known
        ]
        if rows:
            connection.execute(insert(match_apart), rows)


def bring_together(database: Database, store: Store, actor: Actor, entity: str, ids: Sequence[int]) -> None:
    """Take that back. Raises `RecordNotFound`."""
    if len(store.titles(actor, entity, ids)) != len(set(ids)):
        raise RecordNotFound
    with database.write() as connection:
        connection.execute(match_apart.delete().where(match_apart.c.low.in_(ids), match_apart.c.high.in_(ids)))


def _seen(store: Store, actor: Actor, entity: str) -> list[ColumnElement[bool]]:
    """Both records are there, the actor may read both, and nobody said that they are two."""
    conditions: list[ColumnElement[bool]] = []
    for column in (match_pair.c.low, match_pair.c.high):
        rows = RowSource(store.model, store.dialect, entity, alias=True)
        here = (rows.table.c.id == column, rows.table.c.deleted_at.is_(None), rows.allowed(actor, "read"))
        conditions.append(select(rows.table.c.id).select_from(rows.joined).where(*here).correlate(match_pair).exists())
    seen, whole = (model.entities[entity].matching for model in (store.model.seen_by(actor), store.model.whole))
    if len(seen) < len(whole):
        conditions.append(match_pair.c.rule.in_([rule.name for rule in seen]))
    apart = and_(match_apart.c.low == match_pair.c.low, match_apart.c.high == match_pair.c.high)
    return [*conditions, ~exists().where(apart)]


def _grouped(page: Sequence[Pair], known: Iterable[Pair]) -> tuple[Group, ...]:
    """The groups whose surest pair is on the page."""
    pairs = sorted(known, key=lambda pair: pair.order)
    home: dict[int, int] = {}
    for pair in pairs:
        one, other = _root(home, pair.low), _root(home, pair.high)
        home[max(one, other)] = min(one, other)
    groups: dict[int, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(_root(home, pair.low), []).append(pair)
    shown = {pair.order for pair in page}
    return tuple(
        Group(tuple(dict.fromkeys(each for pair in own for each in (pair.low, pair.high))), tuple(own))
        for own in groups.values()
        if own[0].order in shown
    )


def _root(home: dict[int, int], record_id: int) -> int:
    while (above := home.setdefault(record_id, record_id)) != record_id:
        record_id = above
    return record_id
