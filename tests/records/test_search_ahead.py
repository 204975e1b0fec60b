"""A search that looks into the first rows of a list finds what it finds by looking every match up."""

from __future__ import annotations

import pytest

from engine.access.actor import ENGINE
from engine.records import search_ahead
from engine.records.query import Condition, PageRequest
from engine.schema.model import ListQuery, Sort
from tests.records.shop import Shop

BY_CHANGE = ListQuery("deal", ("name",), sort=(Sort("updated_at", True),))
PLAIN = ListQuery("deal", ("name",))


@pytest.fixture
def deals(shop: Shop) -> list[int]:
    """Thirty deals, each second of which is a renewal, three of them in the bin."""
    names = [f"{('Renewal', 'Order')[number % 2]} 上海 {number}" for number in range(30)]
    ids = [shop.add("deal", name=name) for name in names]
    for each in (ids[0], ids[1], ids[14]):
        shop.store.delete(ENGINE, "deal", each)
    return ids


def pages(shop: Shop, query: ListQuery, typed: str) -> list[list[str]]:
    """The titles of every page, forwards to the last one and back to the first."""
    page = shop.store.list(ENGINE, query, PageRequest(search=typed, limit=4))
    found = [[row["name"] for row in page.rows]]
    while page.after:
        page = shop.store.list(ENGINE, query, PageRequest(search=typed, limit=4, after=page.after))
        found.append([row["name"] for row in page.rows])
    while page.before:
        page = shop.store.list(ENGINE, query, PageRequest(search=typed, limit=4, before=page.before))
        found.append([row["name"] for row in page.rows])
    return found


@pytest.mark.parametrize("query", [PLAIN, BY_CHANGE], ids=["id", "updated_at"])
@pytest.mark.parametrize("typed", ["ren", "renewal", "上海", "海", "renewal 上海", "28", "renewals", "'\"%_"])
def test_the_pages_are_the_same(
    shop: Shop, deals: list[int], query: ListQuery, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    for ahead in (0, 6, 12, 1000):
        monkeypatch.setattr(search_ahead, "AHEAD", ahead)
        told.append(pages(shop, query, typed))
    assert told[0] == told[1] == told[2] == told[3]


@pytest.mark.parametrize(("typed", "count"), [("renewal", 13), ("上海", 27), ("ren 28", 1), ("nothing", 0), ("%", 0)])
def test_all_matches_are_counted_without_those_in_the_bin(shop: Shop, deals: list[int], typed: str, count: int) -> None:
    request = PageRequest(search=typed)
    narrowed = PageRequest((Condition("name", "contains", ("e",)),), search=typed)
    counts = [shop.store.aggregate(ENGINE, PLAIN, each).count for each in (request, narrowed)]
    assert counts == [count, count]


def test_what_one_may_not_read_is_neither_found_nor_counted(shop: Shop, deals: list[int]) -> None:
    ann = shop.actor("ann")
    shop.add("deal", "ann", name="Renewal of mine")
    request = PageRequest(search="renewal")
    assert [row["name"] for row in shop.store.list(ann, PLAIN, request).rows] == ["Renewal of mine"]
    assert shop.store.aggregate(ann, PLAIN, request).count == 1


def test_on_postgresql_matches_are_looked_up_by_themselves(shop: Shop, deals: list[int]) -> None:
    """Else the words of every record are judged one by one, in the order of the list, until a page is full."""
    with shop.database.count_statements() as statements:
        found = shop.store.search(ENGINE, "renewal", ("deal", "account"), 5)
    assert len(found["deal"]) == 5 and len(statements) == 1
    assert statements[0].count("AS MATERIALIZED") == (2 if shop.store.dialect == "postgresql" else 0)
