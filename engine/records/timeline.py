"""What happened around a record, newest first: what people said, what was changed, and records that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.access.actor import Actor
from engine.records import comments, history
from engine.records.comments import Comment
from engine.records.history import Entry
from engine.records.merge_history import gone_into
from engine.records.model import Record, Row
from engine.records.paging import encode
from engine.records.query import PageRequest
from engine.records.store import Store
from engine.schema.model import ListQuery


@dataclass(frozen=True, slots=True)
class Beside:
    """Records that belong to the one on the page: a query sorted by `created_at`, newest first, and its filters."""

    query: ListQuery
    request: PageRequest


@dataclass(frozen=True, slots=True)
class Wanted:
    """The parts of the stream to read; each takes one statement."""

    said: bool = True
    changes: bool = True
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: a comment, a write, or a record of the query `beside`."""

    at: datetime
    id: int
    said: Comment | None = None
    change: Entry | None = None
    beside: tuple[Beside, Row] | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """One page. `after` leads to what is older; None where there is nothing older."""

    happenings: tuple[Happening, ...]
    after: str | None


def stream(store: Store, actor: Actor, record: Record, wanted: Wanted, limit: int, after: str | None = None) -> Stream:
    """A page of a record the actor has read. Raises `BadCursor`."""
    found: list[Happening] = []
    with store.reading() as connection:
        if wanted.said:
            said = comments.page(connection, store.model, record.entity.name, record.id, limit + 1, after)
            found += [Happening(one.at, one.id, said=one) for one in said]
        if wanted.changes:
            others = gone_into(store.model, store.dialect, actor, store.moment(actor), record.entity.name, record.id)
            entries = history.entries(connection, store.model, record.entity, record.id, limit + 1, after, others)
            found += [Happening(entry.at, entry.id, change=entry) for entry in entries]
    twice = set[tuple[str, int]]()
    for beside in wanted.beside:
        for happening in _beside(store, actor, beside, limit, after):
            if (beside.query.entity, happening.id) not in twice:
                twice.add((beside.query.entity, happening.id))
                found.append(happening)
    found.sort(key=lambda happening: (happening.at, happening.id), reverse=True)
    return Stream(tuple(found[:limit]), cursor(found[:limit]) if len(found) > limit else None)


def cursor(happenings: Sequence[Happening]) -> str:
    """Where a page ends."""
    return encode([happenings[-1].at, happenings[-1].id])


def _beside(store: Store, actor: Actor, beside: Beside, limit: int, after: str | None) -> list[Happening]:
    request = PageRequest(beside.request.conditions, after=after, limit=limit + 1)
    rows = store.list(actor, beside.query, request).rows
    return [Happening(row["created_at"], row["id"], beside=(beside, row)) for row in rows]
