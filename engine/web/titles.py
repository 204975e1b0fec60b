"""Titles of records that a page names by id."""

from __future__ import annotations

from collections.abc import Iterable

from engine.schema.field_type import Reference
from engine.web.desk import Desk


def titles_of(desk: Desk, references: Iterable[Reference]) -> dict[Reference, str]:
    """Titles by (entity, id), as far as the actor may read them; one statement per entity."""
    wanted: dict[str, set[int]] = {}
    for name, number in references:
        wanted.setdefault(name, set()).add(number)
    return {
        (entity, record_id): title
        for entity, ids in wanted.items()
        for record_id, title in desk.store.titles(desk.actor, entity, sorted(ids)).items()
    }
