"""A search for common words in a long list: the first rows of the list are looked into before every match is looked up,
as a page is often full after a few of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select

from engine.records.query import ListStatement, PageRequest

AHEAD = 1000
"""Rows that are looked into: where one in twenty has the words, a page of 50 is full."""
Read = Callable[[Select[Any]], Sequence[Mapping[Any, Any]]]


def looked_ahead(request: PageRequest, statement: Callable[[], ListStatement], read: Read) -> PageRequest:
    """The request for the records that were found so; the same request where they fill no page."""
    if not request.search or request.limit >= AHEAD:
        return request
    built = statement().first_rows(request, AHEAD)
    if built is None:
        return request
    rows = read(built)
    found = [row["id"] for row in rows if row["holds"]]
    if not found or (len(found) <= request.limit and len(rows) == AHEAD):
        return request
    return replace(request, search="", among=tuple(found[: request.limit + 1]))
