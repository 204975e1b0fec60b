"""What a form says before it is saved is what is stored afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from engine.access.actor import ENGINE
from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records.outlook import Outlook
from engine.records.writing import LineChange
from tests.records.orders import open_orders
from tests.records.shop import Shop

SALE = ("list_price", "works", "average", "products", "net", "weighted", "tier", "agreed", "first_product")


@pytest.fixture
def orders(database: Database, clock: SettableClock, identifiers: Identifiers) -> Shop:
    return open_orders(database, clock, identifiers)


def foreseen(
    orders: Shop,
    record_id: int | None,
    values: dict[str, Any],
    lines: Sequence[LineChange] = (),
    unread: frozenset[str] = frozenset(),
) -> Outlook:
    with orders.store.judging(orders.actor("eve"), "ui") as write:
        return write.outlook("sale", record_id, values, {"lines": lines} if lines else {}, unread, frozenset())


def picked(row: Any, names: Sequence[str] = (*SALE, "last_subtotal")) -> dict[str, Any]:
    return {name: row[name] for name in names}


def things(orders: Shop) -> tuple[int, int]:
    thing = orders.add("product", name="Thing", kind="thing", price="10.00")
    return thing, orders.add("product", name="Work", kind="work", price="80.00")


def line(product: int, quantity: str, **more: Any) -> LineChange:
    return replace(LineChange(None, {"product": product, "quantity": quantity}), **more)


def test_a_new_record_comes_to_what_it_was_said_to(orders: Shop) -> None:
    thing, work = things(orders)
    customer = orders.add("customer", name="A", tier="gold", rebate="5")
    values = {"name": "S", "customer": customer, "discount": "10"}
    lines = [line(thing, "3", place=1), line(work, "1.5", place=0)]
    found = foreseen(orders, None, values, lines)
    assert orders.names("sale") == [] and found.row["net"] == 135
    sale = orders.store.create(orders.actor("eve"), "sale", values, {"lines": lines})
    assert picked(found.row) == picked(orders.row("sale", sale))


def test_what_is_typed_above_reaches_sums_of_lines_that_stay(orders: Shop) -> None:
    thing, work = things(orders)
    create, eve = orders.store.create, orders.actor("eve")
    sale = create(eve, "sale", {"name": "S"}, {"lines": [line(thing, "3"), line(work, "1.5")]})
    customer = orders.add("customer", name="A", tier="gold", rebate="5")
    values = {"customer": customer, "discount": "50", "also": (thing, work)}
    found = foreseen(orders, sale, values)
    assert orders.row("sale", sale)["tier"] is None
    orders.store.change(eve, "sale", sale, values)
    names = (*SALE, "last_subtotal", "also_price")
    assert picked(found.row, names) == picked(orders.row("sale", sale), names)


def test_a_link_to_what_one_may_not_read_says_nothing(orders: Shop) -> None:
    customer = orders.add("customer", name="A", tier="gold", rebate="5")
    orders.store.delete(ENGINE, "customer", customer)
    found = foreseen(orders, None, {"name": "S", "customer": customer, "stage": "nowhere"})
    assert picked(found.row, ("tier", "agreed")) == {"tier": None, "agreed": None}


def test_deleted_and_added_lines_count_as_they_will(orders: Shop) -> None:
    thing, work = things(orders)
    create, eve = orders.store.create, orders.actor("eve")
    sale = create(eve, "sale", {"name": "S", "discount": "10"}, {"lines": [line(thing, "3"), line(work, "1.5")]})
    with orders.database.read() as connection:
        first, second = sorted(row.id for row in connection.execute(orders.store.model.table("line").select()))
    lines = [line(thing, "7", id=first), LineChange(second, {}, delete=True), line(work, "0.01"), line(work, "4")]
    found = foreseen(orders, sale, {"discount": "33.33"}, lines)
    orders.store.change(eve, "sale", sale, {"discount": "33.33"}, None, {"lines": lines})
    assert picked(found.row) == picked(orders.row("sale", sale))
    assert [found.lines[f"lines.{number}."]["subtotal"] for number in (0, 2, 3)] == [70, Decimal("0.8"), 320]


def test_what_reads_something_wrong_is_empty(orders: Shop) -> None:
    thing, work = things(orders)
    lines = [LineChange(None, {"product": thing}), line(work, "1.5")]
    found = foreseen(orders, None, {"name": "S"}, lines, frozenset({"lines.0.quantity"}))
    assert [found.lines["lines.0."]["subtotal"], found.lines["lines.1."]["subtotal"]] == [None, 120]
    assert picked(found.row, ("list_price", "net", "weighted")) == dict.fromkeys(("list_price", "net", "weighted"))
    assert foreseen(orders, None, {"name": "S"}, lines[1:], frozenset({"discount"})).row["net"] is None


def test_statements_do_not_grow_with_the_line_items(orders: Shop) -> None:
    thing, work = things(orders)
    counts = []
    for many in (2, 40):
        with orders.database.count_statements() as statements:
            foreseen(orders, None, {"name": "S"}, [line((thing, work)[n % 2], str(n + 1)) for n in range(many)])
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12
