"""One page of a list: the rows that were found, and the cursors to what is before and after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.records.model import Row
from engine.records.paging import encode
from engine.records.query import KEY, PageRequest


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. A cursor is None where there is nothing further in its direction."""

    rows: tuple[Row, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class PlainPage:
    """One page forwards as it was found: rows as sequences, and the place of each column in them."""

    places: Mapping[str, int]
    rows: Sequence[Sequence[Any]]
    after: str | None


def plain_page_of(names: Sequence[str], found: Sequence[Sequence[Any]], limit: int) -> PlainPage:
    """Cut the one row too many, and make the cursor."""
    places = {name: place for place, name in enumerate(names)}
    if len(found) <= limit:
        return PlainPage(places, found, None)
    last = found[limit - 1]
    return PlainPage(
        places, found[:limit], encode([last[place] for name, place in places.items() if name.startswith(KEY)])
    )


def page_of(found: Sequence[Mapping[Any, Any]], request: PageRequest) -> Page:
    """Cut the one row too many, turn a backwards page round, and make the cursors."""
    more, rows = len(found) > request.limit, list(found[: request.limit])
    backwards = request.before is not None
    if backwards:
        rows.reverse()
    if not rows:
        return Page((), None, None)
    first, last = cursor_of(rows[0]), cursor_of(rows[-1])
    earlier = more if backwards else request.after is not None
    later = True if backwards else more
    return Page(tuple(dict(row) for row in rows), first if earlier else None, last if later else None)


def cursor_of(row: Mapping[Any, Any]) -> str:
    return encode([row[name] for name in row if str(name).startswith(KEY)])
