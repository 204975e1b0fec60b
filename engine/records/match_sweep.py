"""Finding pairs of records that may be the same, behind the writes: a batch at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, or_, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from engine.database.connection import Database
from engine.database.match_tables import match_due, match_key, match_pair
from engine.records.model import RecordModel
from engine.schema.matching import best_match, matched_fields
from engine.schema.model import Entity

BATCH = 100
"""Records compared in one step."""
MOST_PER_KEY = 30
"""Records a record is compared with because they share one key, the newest."""
CHUNK = 400
Pair = tuple[int, int]
Due = list[tuple[int, int]]
"""(record, mark) of what is to be compared."""


def sweep(database: Database, model: RecordModel, entity: str, limit: int = BATCH) -> int:
    """Compare up to `limit` records that were written since; how many were. Twice at once does no harm."""
    rules = model.entities[entity]
    with database.read() as connection:
        due = _due(connection, entity, limit)
        pairs = _sharing(connection, entity, [record_id for record_id, _ in due])
        rows = _rows(connection, model, rules, {record_id for pair in pairs for record_id in pair})
    found = []
    for low, high in sorted(pairs):
        match = best_match(rules.matching, rows[low], rows[high]) if low in rows and high in rows else None
        if match:
            found.append({"low": low, "high": high, "entity": entity, "rule": match.rule.name, "rank": match.rank})
    if due:
        with database.write() as connection:
            _keep(connection, due, found)
    return len(due)


def _due(connection: Connection, entity: str, limit: int) -> Due:
    statement = select(match_due.c.record_id, match_due.c.mark).where(match_due.c.entity == entity)
    found = connection.execute(statement.order_by(match_due.c.record_id).limit(limit))
    return [(record_id, mark) for record_id, mark in found]


def _sharing(connection: Connection, entity: str, ids: Sequence[int]) -> set[Pair]:
    """The pairs that share a key with one of the records."""
    if not ids:
        return set()
    own, other = match_key.alias("own"), match_key.alias("other")
    same = and_(other.c.entity == own.c.entity, other.c.rule == own.c.rule, other.c.key == own.c.key)
    place = func.row_number().over(
        partition_by=(own.c.record_id, own.c.rule, own.c.key), order_by=other.c.record_id.desc()
    )
    wanted = (own.c.entity == entity, own.c.record_id.in_(ids), other.c.record_id != own.c.record_id)
    near = select(own.c.record_id.label("one"), other.c.record_id.label("two"), place.label("place"))
    near_ones = near.select_from(own.join(other, same)).where(*wanted).subquery()
    found: Select[Any] = select(near_ones.c.one, near_ones.c.two).where(near_ones.c.place <= MOST_PER_KEY).distinct()
    return {(min(one, two), max(one, two)) for one, two in connection.execute(found)}


def _rows(connection: Connection, model: RecordModel, entity: Entity, ids: set[int]) -> dict[int, Mapping[str, Any]]:
    """The records among these that are not in the bin."""
    table, ordered = model.table(entity.name), sorted(ids)
    columns = [table.c.id, *(table.c[name] for name in matched_fields(entity.matching))]
    rows: dict[int, Mapping[str, Any]] = {}
    for start in range(0, len(ordered), CHUNK):
        here = (table.c.id.in_(ordered[start : start + CHUNK]), table.c.deleted_at.is_(None))
        rows |= {row["id"]: dict(row) for row in connection.execute(select(*columns).where(*here)).mappings()}
    return rows


def _keep(connection: Connection, due: Due, found: list[dict[str, Any]]) -> None:
    """The pairs of these records as they are now; a record written meanwhile stays due."""
    ids = [record_id for record_id, _ in due]
    connection.execute(delete(match_due).where(tuple_(match_due.c.record_id, match_due.c.mark).in_(due)))
    connection.execute(delete(match_pair).where(or_(match_pair.c.low.in_(ids), match_pair.c.high.in_(ids))))
    if found:
        make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        connection.execute(make(match_pair).on_conflict_do_nothing(), found)
