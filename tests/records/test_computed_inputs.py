"""What a computed value is made of, read under the rights of who asks."""

from __future__ import annotations

import pytest

from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records.computed_inputs import inputs_of, members_of
from engine.records.last_changes import last_changes
from engine.schema.computed import Computed
from tests.records.orders import open_orders
from tests.records.shop import Shop
from tests.records.test_computed import some_sale


@pytest.fixture
def orders(database: Database, clock: SettableClock, identifiers: Identifiers) -> Shop:
    return open_orders(database, clock, identifiers)


def computed(orders: Shop, entity: str, field: str) -> Computed:
    found = orders.store.model.entities[entity].fields[field].computed
    assert found is not None
    return found


def members(orders: Shop, entity: str, field: str, record: int, limit: int = 10) -> tuple[list[str], int, bool]:
    """The titles of the records that count, how many do, and whether others do."""
    rollup = computed(orders, entity, field).rollup
    assert rollup is not None
    found = members_of(orders.store, orders.actor("eve"), record, rollup, limit)
    return [" ".join(filter(None, (row.beside, row.title))) for row in found.rows], found.count, found.unseen


def test_the_records_of_every_kind_of_rollup_are_found(orders: Shop) -> None:
    customer = orders.add("customer", name="A")
    orders.add("customer", name="Below", staff="4", parent=str(customer))
    sale, thing, _ = some_sale(orders, customer, stage="won", also=(orders.add("product", name="P", price="5"),))
    assert members(orders, "sale", "list_price", sale) == (["Thing", "Work"], 2, False)
    assert members(orders, "sale", "works", sale) == (["Work"], 1, False)
    assert members(orders, "sale", "last_subtotal", sale, 1) == (["Work"], 2, False)
    assert members(orders, "sale", "also_price", sale) == (["P"], 1, False)
    assert members(orders, "customer", "won", customer) == (["S"], 1, False)
    assert members(orders, "customer", "best", customer) == (["S"], 1, False)
    assert members(orders, "customer", "staff_below", customer) == (["Below"], 1, False)
    assert members(orders, "product", "sold", thing)[1:] == (1, False)


def test_what_lies_behind_links_comes_with_its_record(orders: Shop) -> None:
    customer = orders.add("customer", name="A", tier="gold")
    sale, _, _ = some_sale(orders, customer)
    expression = computed(orders, "sale", "tier").expression
    assert expression is not None
    record = orders.store.get(orders.actor("eve"), "sale", sale)
    (found,) = inputs_of(orders.store, orders.actor("eve"), record, expression.names)
    assert (found.shown, found.record_id, found.title, found.row["tier"]) == (True, customer, "A", "gold")


def test_the_last_write_of_each_field_is_found_at_once(orders: Shop) -> None:
    sale, _, _ = some_sale(orders)
    orders.store.change(orders.actor("eve"), "sale", sale, {"name": "T"})
    with orders.database.count_statements() as statements:
        found = last_changes(orders.store, [("sale", sale, "name"), ("sale", sale, "customer")])
    assert [name for _, _, name in found] == ["name"] and len(statements) == 1
    assert found["sale", sale, "name"].source == "ui"
