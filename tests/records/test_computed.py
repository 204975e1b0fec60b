"""Values that are worked out from others are right after every write, through any depth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.access.actor import ENGINE
from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records.errors import Invalid
from engine.records.writing import LineChange
from tests.records.orders import open_orders
from tests.records.shop import Shop


@pytest.fixture
def orders(database: Database, clock: SettableClock, identifiers: Identifiers) -> Shop:
    return open_orders(database, clock, identifiers)


@pytest.fixture
def sqlite_orders(
    sqlite_url: str, open_database: Callable[[str], Database], clock: SettableClock, identifiers: Identifiers
) -> Shop:
    return open_orders(open_database(sqlite_url), clock, identifiers)


def some_sale(orders: Shop, customer: int | None = None, **values: Any) -> tuple[int, int, int]:
    """A sale of 3 things at 10.00 and 1.5 hours at 80.00, and the products."""
    thing = orders.add("product", name="Thing", kind="thing", price="10.00")
    work = orders.add("product", name="Work", kind="work", price="80.00")
    lines = {"lines": [_line(thing, "3"), _line(work, "1.5")]}
    sale = orders.store.create(orders.actor("eve"), "sale", {"name": "S", "customer": customer, **values}, lines)
    return sale, thing, work


def _line(product: int, quantity: str) -> LineChange:
    return LineChange(None, {"product": product, "quantity": quantity})


def values(orders: Shop, entity: str, record_id: int, *names: str) -> tuple[Any, ...]:
    row = orders.row(entity, record_id)
    return tuple(row[name] for name in names)


def lines_of(orders: Shop, sale: int) -> list[int]:
    table = orders.store.model.table("line")
    with orders.database.read() as connection:
        found = connection.execute(table.select().where(table.c.sale == sale, table.c.deleted_at.is_(None)))
        return sorted(row.id for row in found)


def test_a_new_record_has_its_values_through_lines_and_links(orders: Shop) -> None:
    customer = orders.add("customer", name="A", tier="gold", rebate="5")
    sale, thing, work = some_sale(orders, customer, discount="10")
    assert values(orders, "sale", sale, "list_price", "works", "average", "products") == (150, 1, Decimal("2.25"), 2)
    assert values(orders, "sale", sale, "net", "weighted", "tier", "agreed") == (135, Decimal("40.50"), "gold", 5)
    assert values(orders, "sale", sale, "first_product", "last_subtotal") == (thing, 120)
    assert values(orders, "customer", customer, "orders", "won", "best", "won_each", "large") == (1, 0, 135, 0, False)
    assert values(orders, "product", work, "sold") == (Decimal("1.5"),)


def test_over_no_records_sums_and_counts_are_zero_and_the_rest_is_empty(orders: Shop) -> None:
    sale = orders.add("sale", name="Empty")
    names = ("list_price", "works", "products", "average", "first_product", "last_subtotal", "net")
    assert values(orders, "sale", sale, *names) == (0, 0, 0, None, None, None, 0)


def test_a_change_far_away_goes_all_the_way(orders: Shop) -> None:
    customer = orders.add("customer", name="A")
    sale, thing, _ = some_sale(orders, customer, discount="10")
    orders.change("product", thing, price="20.00")
    assert values(orders, "sale", sale, "list_price", "net", "weighted") == (180, 162, Decimal("48.60"))
    orders.change("sale", sale, stage="won")
    assert values(orders, "sale", sale, "weighted") == (162,)
    assert values(orders, "customer", customer, "won", "won_each", "large") == (162, 162, False)


def test_a_link_that_moves_changes_both_ends(orders: Shop) -> None:
    one, other = orders.add("customer", name="A"), orders.add("customer", name="B", tier="iron", rebate="7")
    sale, *_ = some_sale(orders, one)
    orders.change("sale", sale, customer=other)
    assert values(orders, "customer", one, "orders", "best") == (0, None)
    assert values(orders, "customer", other, "orders", "best") == (1, 150)
    assert values(orders, "sale", sale, "tier", "agreed") == ("iron", 7)


def test_a_snapshot_stays_as_it_was_when_its_link_was_set(orders: Shop) -> None:
    customer = orders.add("customer", name="A", rebate="5", tier="gold")
    sale, *_ = some_sale(orders, customer)
    orders.change("customer", customer, rebate="9", tier="iron")
    assert values(orders, "sale", sale, "agreed", "tier") == (5, "iron")


def test_what_lies_below_in_a_tree_is_summed_to_its_top(orders: Shop) -> None:
    top = orders.add("customer", name="Top", staff=1)
    middle = orders.add("customer", name="Middle", staff=10, parent=top)
    low = orders.add("customer", name="Low", staff=100, parent=middle)
    other = orders.add("customer", name="Other", staff=5)
    assert values(orders, "customer", top, "staff_below", "everybody") == (110, 111)
    orders.change("customer", low, staff=200)
    orders.change("customer", middle, parent=other)
    assert values(orders, "customer", top, "staff_below") == (0,)
    assert values(orders, "customer", other, "staff_below", "everybody") == (210, 215)


def test_linked_records_are_rolled_up_from_either_side(orders: Shop) -> None:
    sale, thing, work = some_sale(orders)
    orders.change("sale", sale, also=[thing, work])
    assert values(orders, "sale", sale, "also_price") == (90,)
    orders.change("product", work, price="5")
    orders.store.delete(orders.actor("eve"), "product", thing)
    assert values(orders, "sale", sale, "also_price") == (5,)


def test_the_bin_takes_and_gives_back(orders: Shop) -> None:
    customer = orders.add("customer", name="A")
    sale, *_ = some_sale(orders, customer)
    first = lines_of(orders, sale)[0]
    orders.store.delete(orders.actor("eve"), "line", first)
    assert values(orders, "sale", sale, "list_price", "products") == (120, 1)
    orders.clock.advance(timedelta(hours=1))
    orders.store.delete(orders.actor("eve"), "sale", sale)
    assert values(orders, "customer", customer, "orders", "best") == (0, None)
    orders.store.restore(orders.actor("eve"), "sale", sale)
    assert values(orders, "customer", customer, "orders", "best") == (1, 120)


def test_a_merge_and_its_undoing_are_followed(orders: Shop) -> None:
    one, other = orders.add("customer", name="A", staff=3), orders.add("customer", name="B")
    some_sale(orders, other)
    with orders.store.begin(orders.actor("eve"), "merge") as write:
        write.merge("customer", one, [other], {})
    assert values(orders, "customer", one, "orders", "best") == (1, 150)
    orders.store.restore(orders.actor("eve"), "customer", other)
    assert values(orders, "customer", one, "orders", "best") == (0, None)
    assert values(orders, "customer", other, "orders", "best") == (1, 150)


def test_the_version_and_the_history_know_nothing_of_what_is_worked_out(orders: Shop) -> None:
    customer = orders.add("customer", name="A")
    before = orders.row("customer", customer)
    orders.clock.advance(timedelta(hours=1))
    some_sale(orders, customer)
    after = orders.row("customer", customer)
    same = ("version", "updated_at", "updated_by", "last_activity_at")
    assert [after[name] for name in same] == [before[name] for name in same]
    ((kind, changes),) = orders.changes("customer", customer)
    assert (kind, sorted(changes)) == ("created", ["name", "owner", "rebate"])


def test_nobody_writes_a_computed_value(sqlite_orders: Shop) -> None:
    with pytest.raises(Invalid) as refused:
        sqlite_orders.add("sale", name="S", net="5")
    assert {name: text.in_("en") for name, text in refused.value.errors.items()} == {
        "net": "Net is kept by the system and cannot be written."
    }


def test_a_plain_write_asks_nothing_more_for_formulas_over_its_own_row(sqlite_orders: Shop) -> None:
    customer = sqlite_orders.add("customer", name="A")
    with sqlite_orders.database.count_statements() as statements:
        sqlite_orders.change("customer", customer, staff=20)
    assert values(sqlite_orders, "customer", customer, "everybody") == (20,)
    assert [statement.split()[0] for statement in statements] == ["SELECT", "UPDATE", "INSERT"]


def test_many_lines_and_many_records_take_a_bounded_number_of_statements(sqlite_orders: Shop) -> None:
    customer = sqlite_orders.add("customer", name="A")
    _, thing, _ = some_sale(sqlite_orders, customer)
    counted = []
    for many in (3, 30):
        rows = [(None, {"name": f"S{number}", "customer": customer}) for number in range(many)]
        with sqlite_orders.store.begin(ENGINE, "import") as write:
            sales = write.create_or_change("sale", rows)
        lines = [(None, {"sale": sale, "product": thing, "quantity": Decimal(2)}) for sale in sales]
        counting, writing = sqlite_orders.database.count_statements, sqlite_orders.store.begin
        with counting() as statements, writing(ENGINE, "import") as write:
            write.create_or_change("line", lines)
        counted.append(len(statements))
    assert counted[0] == counted[1]
    assert values(sqlite_orders, "customer", customer, "orders", "best") == (34, 150)


def test_a_result_that_no_column_holds_is_told_and_nothing_is_written(sqlite_orders: Shop) -> None:
    product = sqlite_orders.add("product", name="Dear", price="9999999999999999")
    sale = sqlite_orders.add("sale", name="S")
    with pytest.raises(Invalid) as own:
        sqlite_orders.add("line", sale=sale, product=product, quantity=2)
    sqlite_orders.add("line", sale=sale, product=product)
    with pytest.raises(Invalid) as summed:
        sqlite_orders.add("line", sale=sale, product=product)
    told = [{name: text.in_("en") for name, text in each.value.errors.items()} for each in (own, summed)]
    sentence = "{} would become too large a number to be kept."
    assert told == [{"subtotal": sentence.format("Subtotal")}, {"": sentence.format("List price")}]
    assert values(sqlite_orders, "sale", sale, "list_price") == (Decimal("9999999999999999"),)


def test_the_first_and_the_last_follow_a_line_that_is_moved(orders: Shop) -> None:
    sale, _, work = some_sale(orders)
    first, _ = lines_of(orders, sale)
    with orders.store.begin(orders.actor("eve"), "ui") as write:
        write.place_line("line", first, None)
    assert values(orders, "sale", sale, "first_product", "last_subtotal") == (work, 30)
