"""Statements are built once for a query and the roles of who asks, and never serve anybody else."""

from __future__ import annotations

from engine.records.query import PageRequest
from engine.records.statements import MOST, Statements, shape
from engine.schema.model import ListQuery
from tests.records.shop import Shop


def test_people_with_the_same_roles_share_a_statement_and_each_sees_their_own(shop: Shop) -> None:
    ann, ben = shop.actor("ann"), shop.actor("ben")
    mine, theirs = shop.add("task", "ann", name="Call"), shop.add("task", "ben", name="Write")
    query = ListQuery("task", ("name",))
    assert ann.roles == ben.roles
    assert shape(ann, query) == shape(ben, query)
    assert [row["id"] for row in shop.store.list(ann, query).rows] == [mine]
    assert [row["id"] for row in shop.store.list(ben, query).rows] == [theirs]


def test_a_kept_statement_gives_the_records_that_are_named_this_time_and_may_be_seen(shop: Shop) -> None:
    ann, query = shop.actor("ann"), ListQuery("task", ("name",))
    first, second = (shop.add("task", "ann", name=name) for name in ("Call", "Write"))
    theirs = shop.add("task", "ben", name="Wait")
    for asked, seen in [((first, theirs), [first]), ((second,), [second]), ((), [])]:
        request = PageRequest(among=asked)
        assert [row["id"] for row in shop.store.list(ann, query, request).rows] == seen
        page = shop.store.plain_page(ann, query, request)
        assert [row[page.places["id"]] for row in page.rows] == seen


def test_other_roles_have_a_statement_of_their_own(shop: Shop) -> None:
    query = ListQuery("task", ("name",))
    assert shape(shop.actor("ann"), query) != shape(shop.actor("eve"), query)


def test_the_oldest_statement_leaves_when_there_are_too_many() -> None:
    statements, built = Statements(), []
    for number in (*range(MOST + 1), 0):
        statements.get(number, None, lambda number=number: built.append(number))  # type: ignore[misc, return-value, arg-type]
    assert built == [*range(MOST + 1), 0]
