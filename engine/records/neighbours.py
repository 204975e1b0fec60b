"""Where a record stands in a list: how many come before it, and which ones are next to it, by key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from engine.records.query import ListStatement, PageRequest


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`position` counts from 1; it and `total` go up to the limit asked for."""

    position: int
    total: int
    previous: int | None
    next: int | None


def neighbours(
    connection: Connection,
    make: Callable[[], ListStatement],
    request: PageRequest,
    record_id: int,
    limit: int,
    parameters: dict[str, object],
) -> Neighbours | None:
    """Two statements; None when the record is not in the list. `make` gives a fresh statement of the list."""
    values = connection.execute(make().keys_of(request, record_id), parameters).first()
    if values is None:
        return None
    before, after, all_ids = (make().beside(request, tuple(values), backwards) for backwards in (True, False, None))
    counted = [select(func.count()).select_from(ids.limit(limit).subquery()) for ids in (before, all_ids)]
    nearest = [ids.limit(1) for ids in (before, after)]
    row = connection.execute(select(*(each.scalar_subquery() for each in (*counted, *nearest))), parameters).one()
    return Neighbours(row[0] + 1, row[1], row[2], row[3])
