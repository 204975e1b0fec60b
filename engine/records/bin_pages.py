"""What is in the bin, newest first, as far as the actor may read it. Line items come and go with their record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, literal, select, union_all

from engine.access.actor import Actor
from engine.database.connection import Dialect
from engine.records.model import RecordModel
from engine.records.paging import Keys, beyond, decode, encode
from engine.records.rows import RowSource
from engine.records.store import Store


@dataclass(frozen=True, slots=True)
class Binned:
    entity: str
    id: int
    title: str
    at: datetime
    by: str | None
    """Who deleted it; None for the engine itself."""
    may_restore: bool


@dataclass(frozen=True, slots=True)
class BinPage:
    """`after` leads to what was deleted earlier; None where there is nothing."""

    rows: tuple[Binned, ...]
    after: str | None


def bin_page(store: Store, actor: Actor, entities: Sequence[str], limit: int, after: str | None = None) -> BinPage:
    """A page of these entities' records: one statement, and one for each entity on it. Raises `BadCursor`."""
    if not entities:
        return BinPage((), None)
    moment = store.moment(actor)
    parameters = moment.parameters
    with store.reading() as connection:
        found = connection.execute(_statement(store, actor, entities, limit, after), parameters).mappings().all()
        shown = found[:limit]
        told: dict[tuple[str, int], Mapping[Any, Any]] = {}
        for entity in dict.fromkeys(row["entity"] for row in shown):
            ids = [row["id"] for row in shown if row["entity"] == entity]
            rows = connection.execute(_told(store, actor, entity, ids), parameters).mappings()
            told |= {(entity, row["id"]): row for row in rows}
    binned = tuple(_binned(row, told[row["entity"], row["id"]]) for row in shown if (row["entity"], row["id"]) in told)
    return BinPage(binned, encode([shown[-1]["deleted_at"], shown[-1]["id"]]) if len(found) > limit else None)


def _statement(store: Store, actor: Actor, entities: Sequence[str], limit: int, after: str | None) -> Any:
    """The newest of each entity, and of those the newest."""
    parts = [
        select(_newest(store.model, store.dialect, actor, entity, limit + 1, after).subquery()) for entity in entities
    ]
    found = union_all(*parts).subquery()
    return select(found).order_by(found.c.deleted_at.desc(), found.c.id.desc()).limit(limit + 1)


def _newest(
    model: RecordModel, dialect: Dialect, actor: Actor, entity: str, limit: int, after: str | None
) -> Select[Any]:
    rows = RowSource(model, dialect, entity)
    at, number = rows.table.c.deleted_at, rows.table.c.id
    where = [at.is_not(None), rows.allowed(actor, "read")]
    if after:
        keys: Keys = ((at, True), (number, True))
        values = decode(after, keys)
        where += [at <= literal(values[0], at.type), beyond(keys, values, False)]
    columns = (literal(entity).label("entity"), number, at)
    return select(*columns).select_from(rows.joined).where(*where).order_by(at.desc(), number.desc()).limit(limit)


def _told(store: Store, actor: Actor, entity: str, ids: Sequence[int]) -> Select[Any]:
    """What is said of records in the bin."""
    rows = RowSource(store.model, store.dialect, entity)
    title = rows.table.c[store.model.entities[entity].title].label("title")
    by = rows.column(("updated_by", store.model.entities["user"].title)).label("by")
    may = rows.allowed(actor, "delete").label("may_restore")
    where = (rows.table.c.id.in_(ids), rows.allowed(actor, "read"))
    return select(rows.table.c.id, title, by, may).select_from(rows.joined).where(*where)


def _binned(row: Mapping[Any, Any], told: Mapping[Any, Any]) -> Binned:
    return Binned(
        entity=row["entity"],
        id=row["id"],
        title=str(told["title"] or f"#{row['id']}"),
        at=row["deleted_at"],
        by=told["by"],
        may_restore=bool(told["may_restore"]),
    )
