"""Counts of lists: up to a limit, the same whether the index is counted or the rows."""

from __future__ import annotations

import pytest

from engine.access.actor import ENGINE, Actor
from engine.records.query import Condition, PageRequest
from engine.schema.model import ListQuery
from tests.records.shop import Shop

ALL = ListQuery("account", ("name",))
GOLD = PageRequest(conditions=(Condition("tier", "any_of", ("gold",)),))


@pytest.fixture
def accounts(shop: Shop) -> Shop:
    ids = [shop.add("account", name=f"Acme {number}", tier="gold" if number % 2 else "silver") for number in range(9)]
    for gone in ids[:3]:
        shop.store.delete(ENGINE, "account", gone)
    return shop


@pytest.mark.parametrize(
    ("request_", "there"),
    [(PageRequest(), 6), (PageRequest(search="acme"), 6), (PageRequest(search="5"), 1), (GOLD, 3)],
)
def test_a_count_leaves_out_the_bin_and_goes_no_further_than_it_is_asked(
    accounts: Shop, request_: PageRequest, there: int
) -> None:
    for most in (1, 4, 6, 7, None):
        found, others = accounts.store.counts_beside(ENGINE, ALL, request_, most, [ALL], 5)
        assert (found, others) == (there if most is None else min(there, most), [5])
    assert accounts.store.aggregate(ENGINE, ALL, request_).count == there
    assert accounts.store.counts(ENGINE, [ALL, ALL], 4, [request_, PageRequest()]) == [min(there, 4), 4]


def test_who_reads_some_records_is_told_the_number_of_those(accounts: Shop) -> None:
    nobody = Actor(None, frozenset())
    assert accounts.store.counts_beside(nobody, ALL, PageRequest(), 100, [ALL], 100) == (0, [0])
    assert accounts.store.counts_beside(nobody, ALL, PageRequest(search="acme"), 100, [], 100) == (0, [])
