"""Writers at the same time, on PostgreSQL: what they make of the same records is right when the last one is done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from engine.access.actor import ENGINE
from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.deadlocks import again
from engine.database.identifiers import Identifiers
from engine.records.repairing import recompute
from engine.records.writing import LineChange, Write
from tests.records.orders import open_orders
from tests.records.shop import Shop


@pytest.fixture
def orders(
    postgres_url: str, open_database: Callable[[str], Database], clock: SettableClock, identifiers: Identifiers
) -> Shop:
    return open_orders(open_database(postgres_url), clock, identifiers)


Act = Callable[[Write], Any]


def at_once(orders: Shop, one: Act, other: Act) -> dict[str, int]:
    """The second writer begins while the first has written and is not done. Which values are wrong afterwards."""
    acted, goes_on = threading.Event(), threading.Event()

    def write() -> None:
        with orders.store.begin(ENGINE, "ui") as write:
            one(write)
            acted.set()
            goes_on.wait(0.3)

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(write)
        assert acted.wait(10)
        with orders.store.begin(ENGINE, "ui") as write_too:
            other(write_too)
        goes_on.set()
        done.result()
    return wrong(orders)


def wrong(orders: Shop) -> dict[str, int]:
    return {".".join(place): found.wrong for place, found in recompute(orders.store).items() if found.wrong}


def sale_of(orders: Shop, **values: Any) -> tuple[int, int, int]:
    """A sale, the product of its only line, and the line."""
    product = orders.add("product", name="Thing", kind="thing", price=10)
    sale = orders.add("sale", name="S", **values)
    return sale, product, orders.add("line", sale=sale, product=product, quantity=2)


def test_two_new_lines_are_both_summed_up(orders: Shop) -> None:
    sale, product, _ = sale_of(orders, customer=orders.add("customer", name="C"))
    values = {"sale": sale, "product": product, "quantity": 3}
    found = at_once(orders, lambda w: w.create("line", values), lambda w: w.create("line", values))
    assert (found, orders.row("sale", sale)["net"], orders.row("product", product)["sold"]) == ({}, 80, 8)


def test_a_new_line_knows_the_price_that_is_being_changed(orders: Shop) -> None:
    sale, product, _ = sale_of(orders)
    line = {"sale": sale, "product": product, "quantity": 3}
    changed = {"price": 20, "kind": "work"}
    found = at_once(orders, lambda w: w.change("product", product, changed), lambda w: w.create("line", line))
    assert (found, orders.row("sale", sale)["net"], orders.row("sale", sale)["works"]) == ({}, 100, 2)
    many = at_once(
        orders,
        lambda w: w.change("product", product, {"price": 30}),
        lambda w: w.create_or_change("line", [(None, {**line, "quantity": Decimal(1)})] * 2),
    )
    assert (many, orders.row("sale", sale)["net"]) == ({}, 210)


def test_a_price_waits_for_the_line_that_is_being_written(orders: Shop) -> None:
    sale, product, line = sale_of(orders)
    other = orders.add("product", name="Other", price=5)
    change = {"product": other, "quantity": 4}
    found = at_once(
        orders, lambda w: w.change("line", line, change), lambda w: w.change("product", other, {"price": 6})
    )
    assert (found, orders.row("sale", sale)["net"], orders.row("product", product)["sold"]) == ({}, 24, 0)
    also = at_once(
        orders, lambda w: w.change("sale", sale, {"also": (other,)}), lambda w: w.change("product", other, {"price": 7})
    )
    assert (also, orders.row("sale", sale)["also_price"]) == ({}, 7)


def test_a_formula_that_waited_reads_what_lies_behind_its_links_now(orders: Shop) -> None:
    customer = orders.add("customer", name="C", tier="gold")
    sale, _, _ = sale_of(orders, customer=customer)
    found = at_once(
        orders,
        lambda w: w.change("sale", sale, {"discount": 50}),
        lambda w: w.change("customer", customer, {"tier": "iron"}),
    )
    assert (found, orders.row("sale", sale)["tier"]) == ({}, "iron")
    moved = orders.add("customer", name="D", tier="gold")
    found = at_once(
        orders,
        lambda w: w.change("sale", sale, {"customer": moved}),
        lambda w: w.change("customer", moved, {"tier": "iron"}),
    )
    assert (found, orders.row("sale", sale)["tier"], orders.row("customer", customer)["orders"]) == ({}, "iron", 0)


def test_a_branch_that_is_put_elsewhere_takes_what_changes_in_it(orders: Shop) -> None:
    old, new = orders.add("customer", name="Old"), orders.add("customer", name="New")
    branch = orders.add("customer", name="Branch", parent=old)
    leaf = orders.add("customer", name="Leaf", parent=branch, staff=1)
    found = at_once(
        orders,
        lambda w: w.change("customer", branch, {"parent": new}),
        lambda w: w.change("customer", leaf, {"staff": 5}),
    )
    assert (found, orders.row("customer", new)["staff_below"], orders.row("customer", old)["staff_below"]) == ({}, 5, 0)


def test_whoever_saves_a_form_and_whoever_changes_a_line_of_it_do_not_stop_each_other(orders: Shop) -> None:
    sale, _, line = sale_of(orders)
    whole = {"lines": [LineChange(line, {"quantity": 5})]}
    found = at_once(
        orders,
        lambda w: w.change("sale", sale, {"discount": 10}),
        lambda w: w.change("line", line, {"quantity": 4}),
    )
    assert found == {}
    found = at_once(
        orders,
        lambda w: w.change("line", line, {"quantity": 6}),
        lambda w: w.change("sale", sale, {"discount": 0}, lines=whole),
    )
    assert (found, orders.row("sale", sale)["net"]) == ({}, 50)


def test_after_many_writers_at_once_everything_is_right(orders: Shop) -> None:
    products = [orders.add("product", name=f"P{n}", kind="thing", price=n + 1) for n in range(3)]
    customers = [orders.add("customer", name=f"C{n}", staff=n) for n in range(3)]
    sales = [orders.add("sale", name=f"S{n}", customer=customers[n]) for n in range(3)]
    lines = [orders.add("line", sale=sale, product=products[0]) for sale in sales]

    def act(chance: Random) -> Act:
        sale, line, product = chance.choice(sales), chance.choice(lines), chance.choice(products)
        customer, other = chance.sample(customers, 2)
        number = chance.randrange(1, 20)
        acts: tuple[Act, ...] = (
            lambda w: w.create("line", {"sale": sale, "product": product, "quantity": number}),
            lambda w: w.change("line", line, {"quantity": number, "product": product}),
            lambda w: w.change("line", line, {"sale": sale}),
            lambda w: w.change("product", product, {"price": number, "kind": chance.choice(("thing", "work"))}),
            lambda w: w.change("sale", sale, {"customer": customer, "also": (product,), "discount": number}),
            lambda w: w.change("customer", customer, {"staff": number, "tier": chance.choice(("gold", "iron"))}),
            lambda w: w.change("customer", customers[2], {"parent": other if other != customers[2] else None}),
        )
        return chance.choice(acts)

    def live(seed: int) -> None:
        chance = Random(seed)
        for _ in range(8):
            chosen = act(chance)
            again(lambda chosen=chosen: write(chosen), times=20)

    def write(chosen: Act) -> None:
        with orders.store.begin(ENGINE, "ui") as one:
            chosen(one)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(live, range(4)))
    assert wrong(orders) == {}
