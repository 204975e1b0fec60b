"""Where merged records went, and what of them is told with the one they became."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from engine.access.actor import Actor
from engine.database.match_tables import merge
from engine.records.rows import RowSource
from engine.records.store import Store

DEEPEST = 10
"""Merges of what was merged before that are followed."""


def survivor_of(store: Store, entity: str, record_id: int) -> int | None:
    """The record that a merged one became, and that one in turn; None for one that was not merged."""
    found = None
    with store.reading() as connection:
        for _ in range(DEEPEST):
            here = (merge.c.entity == entity, merge.c.record_id == (found or record_id))
            following = connection.execute(select(merge.c.survivor).where(*here)).scalar_one_or_none()
            if following is None:
                break
            found = following
    return found


def survivors(store: Store, ids: Iterable[int]) -> dict[int, tuple[str, int]]:
    """(entity, id) of what each of these records became, for those that were merged; one statement."""
    wanted = list(ids)
    if not wanted:
        return {}
    statement = select(merge.c.record_id, merge.c.entity, merge.c.survivor).where(merge.c.record_id.in_(wanted))
    with store.reading() as connection:
        return {row.record_id: (row.entity, row.survivor) for row in connection.execute(statement)}


def titles_in_bin(store: Store, actor: Actor, entity: str, ids: Sequence[int]) -> dict[int, str]:
    """Titles of records in the bin that the actor could read; one statement."""
    if not ids:
        return {}
    rows, model = RowSource(store.model, store.dialect, entity), store.model.entities[entity]
    field = model.fields.get(model.title)
    title = rows.table.c[field.type.title_column(field)] if field else rows.table.c.id
    own = (rows.table.c.id.in_(list(ids)), rows.allowed(actor, "read"))
    moment = store.moment(actor)
    parameters = moment.parameters
    with store.reading() as connection:
        found = connection.execute(select(rows.table.c.id, title).select_from(rows.joined).where(*own), parameters)
        return {record_id: str(name or f"#{record_id}") for record_id, name in found}
