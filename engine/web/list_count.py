"""How many records a list has and what its columns add up to: exactly up to a limit; beyond it counting costs more than
the page, so it is done where the address asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.records.page import Page
from engine.records.query import PageRequest
from engine.records.totals import Aggregate
from engine.schema.model import ListQuery
from engine.web.columns import address
from engine.web.desk import Desk
from engine.web.view_switch import COUNT_LIMIT

MOST = 10_000
ALL = "all"
"""What the parameter `count` says where everything is to be counted."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The totals of a list, how many records the tabs beside it have, and how many its filters leave out. With `more`
    there are more records than `totals` tells, and nothing was added up."""

    totals: Aggregate
    more: bool = False
    counts: Sequence[int] = ()
    outside: int = 0


def counted(
    desk: Desk, query: ListQuery, request: PageRequest, sums: Sequence[str], tabs: Sequence[ListQuery] = ()
) -> Counted:
    """One statement, and one more where columns are added up."""
    most = None if desk.request.query.get("count") == ALL else MOST
    count, counts = desk.store.counts_beside(desk.actor, query, request, most and most + 1, tabs, COUNT_LIMIT)
    if most is not None and count > most:
        return Counted(Aggregate(most, {}), more=True, counts=counts)
    totals = desk.store.aggregate(desk.actor, query, request, sums) if sums else Aggregate(count, {})
    return Counted(totals, counts=counts)


def counted_page(
    desk: Desk, query: ListQuery, request: PageRequest, page: Page, sums: Sequence[str], tabs: Sequence[ListQuery]
) -> Counted:
    """The numbers around a page that was read. Where nothing is on it, the view without filters is counted."""
    if not page.rows:
        found = counted(desk, query, PageRequest(), (), tabs)
        return Counted(Aggregate(0, {}), found.more, found.counts, found.totals.count)
    if not (sums or tabs or page.before or page.after):
        return Counted(Aggregate(len(page.rows), {}))
    return counted(desk, query, request, sums, tabs)


def count_url(desk: Desk) -> str:
    """This page with everything counted."""
    return address(desk, count=ALL)
