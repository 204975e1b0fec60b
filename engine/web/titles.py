"""Titles of records that a page names by id."""

from __future__ import annotations

from collections.abc import Mapping

from engine.web.desk import Desk


def titles_of(desk: Desk, wanted: Mapping[str, set[int]]) -> dict[tuple[str, int], str]:
    """Titles by (entity, id), as far as the actor may read them; one statement per entity."""
    return {
        (entity, record_id): title
        for entity, ids in wanted.items()
        for record_id, title in desk.store.titles(desk.actor, entity, sorted(ids)).items()
    }
