"""A search for common words in a long list: the first rows of the list are looked into before every match is looked up,
as a page is often full after a few of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from engine.records.query import ListStatement, PageRequest

AHEAD = 1000
"""Rows that are looked into: where one in twenty has the words, a page of 50 is full."""


def looked_ahead(statement: ListStatement, request: PageRequest, read: Any) -> PageRequest:
    """The request for the records that were found so; the same request where they fill no page. `read` carries out a
    statement and gives its rows."""
    built = statement.first_rows(request, AHEAD) if request.search and request.limit < AHEAD else None
    if built is None:
        return request
    rows: Sequence[Any] = read(built)
    found = [row[0] for row in rows if row[1]]
    whole = len(rows) < AHEAD
    if not found or (len(found) <= request.limit and not whole):
        return request
    return replace(request, search="", among=tuple(found[: request.limit + 1]))
