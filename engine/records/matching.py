"""Records that may be the same as one that is about to be written: found by shared keys, then judged by likeness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, union_all

from engine.access.actor import Actor
from engine.database.match_tables import match_key
from engine.records.match_index import keys_of
from engine.records.model import Row
from engine.records.query import Condition, PageRequest
from engine.records.store import Store
from engine.schema.matching import Match, best_match, matched_fields
from engine.schema.model import Entity, ListQuery

MOST_PER_KEY = 40
"""Records looked at that share one key, the newest."""
MOST_LOOKED_AT = 200
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record the actor may read that may be the same, and why."""

    id: int
    title: str
    match: Match
    row: Row

    @property
    def score(self) -> int:
        """From 0 to 100."""
        return self.match.likeness

    @property
    def certain(self) -> bool:
        return self.match.rule.certain

    @property
    def blocks(self) -> bool:
        return self.match.rule.block


def candidates(
    store: Store,
    actor: Actor,
    entity: str,
    values: Mapping[str, Any],
    besides: int | None = None,
    limit: int = MOST_SHOWN,
) -> tuple[Candidate, ...]:
    """The records most like `values` (as their fields hold them), the best first, but for `besides`; only such as the
    actor may read. Two statements, none when the values say nothing."""
    model = store.model.seen_by(actor).entities[entity]
    pairs = sorted(keys_of(model, values))
    if not pairs:
        return ()
    with store.reading() as connection:
        ids = connection.execute(_sharing(entity, pairs)).scalars().all()
    near = [record_id for record_id in dict.fromkeys(ids) if record_id != besides][:MOST_LOOKED_AT]
    found = [_judged(model, values, row) for row in _rows(store, actor, model, near)]
    likely = sorted((each for each in found if each), key=lambda each: (-each.match.rank, each.id))
    return tuple(likely[:limit])


def _sharing(entity: str, pairs: Sequence[tuple[str, str]]) -> Select[Any]:
    """The ids of records with one of the keys."""
    found = []
    for rule, key in pairs:
        here = (match_key.c.entity == entity, match_key.c.rule == rule, match_key.c.key == key)
        newest = select(match_key.c.record_id).where(*here).order_by(match_key.c.record_id.desc())
        found.append(select(newest.limit(MOST_PER_KEY).subquery().c.record_id))
    every = union_all(*found).subquery()
    return select(every.c.record_id).distinct().order_by(every.c.record_id.desc())


def _rows(store: Store, actor: Actor, entity: Entity, ids: Sequence[int]) -> Sequence[Row]:
    if not ids:
        return ()
    query = ListQuery(entity.name, matched_fields(entity.matching))
    request = PageRequest(conditions=(Condition("id", "any_of", tuple(ids)),), limit=len(ids))
    return store.list(actor, query, request).rows


def _judged(entity: Entity, values: Mapping[str, Any], row: Row) -> Candidate | None:
    match = best_match(entity.matching, values, row)
    return Candidate(int(row["id"]), str(row[entity.title] or f"#{row['id']}"), match, row) if match else None
