"""Rules that look at what was there before, and at other records as the write will leave them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest

from engine.clock import SettableClock
from engine.compiling import Compiled, compile_sources
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records.errors import Invalid, MoveRefused
from engine.records.judging import LineChange
from engine.schema.model import ListQuery
from tests.records.shop import Shop, open_shop

BLUEPRINT = """
blueprint: {id: orders, version: 1.0.0, title: Orders}
settings: {languages: [en], currency: EUR}
functions:
  crowded:
    takes: {customer: {type: link, to: account}, most: integer}
    expr: "count(customer.orders, stage == 'open' and account == record.customer) > most"
entities:
  account:
    title: name
    fields:
      name: {type: text, required: true}
  order:
    label: Order
    title: name
    fields:
      name: {type: text, required: true}
      number: {type: integer, default: "=count(order, account == record.account) + 1"}
      account: {type: link, to: account, inverse: orders}
      amount: {type: money, validate: "old == null or amount <= old.amount * 2"}
      reason: {type: text, required: "old != null and changed(amount)"}
      stage: {type: stage, pipeline: handling}
      lines: {type: children, of: order_line, key: order}
    checks:
      - {never: "count(lines, price > 100) > 1", error: At most one dear line}
      - {never: "crowded(account, 2)", field: account, error: Two open orders are enough}
  order_line:
    title: product
    fields:
      order: {type: link, to: order, required: true, on_delete: cascade}
      product: {type: text, required: true}
      price: {type: money}
pipelines:
  handling:
    entity: order
    states: {open: {kind: open}, sent: {kind: won}}
    transitions: {send: {from: open, to: sent, if: "exists(lines) and not changed(amount)"}}
roles:
  boss: {entities: {"*": {read: all, create: true, update: all, delete: all, bulk: true, import: true}}}
"""


@lru_cache(maxsize=1)
def compiled() -> Compiled:
    whole = compile_sources({"blueprint.yaml": BLUEPRINT})
    assert whole.blueprint is not None, "\n".join(whole.problems.lines())
    return whole


@pytest.fixture
def orders(database: Database, clock: SettableClock, identifiers: Identifiers) -> Shop:
    return open_shop(database, clock, identifiers, compiled())


def dear(price: int, record_id: int | None = None, delete: bool = False) -> LineChange:
    return LineChange(record_id, {} if delete else {"product": "x", "price": price}, delete)


def create(shop: Shop, lines: list[LineChange], **values: Any) -> int:
    return shop.store.create(shop.actor("eve"), "order", {"name": "A", **values}, {"lines": lines})


def change(shop: Shop, record_id: int, lines: list[LineChange], **values: Any) -> int:
    return shop.store.change(shop.actor("eve"), "order", record_id, values, lines={"lines": lines})


def refused(act: Callable[[], Any]) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        act()
    return {name: text.in_("en") for name, text in caught.value.errors.items()}


def test_a_rule_knows_what_was_there_before(orders: Shop) -> None:
    order = create(orders, [], amount=100)
    assert refused(lambda: change(orders, order, [], amount=201, reason="More")) == {
        "amount": "This value is not allowed for Amount."
    }
    assert refused(lambda: change(orders, order, [], amount=150)) == {"reason": "Reason is required."}
    change(orders, order, [], amount=150, reason="More")
    change(orders, order, [], name="B")


def test_line_items_count_as_the_write_leaves_them(orders: Shop) -> None:
    dear_lines = {"": "At most one dear line"}
    assert refused(lambda: create(orders, [dear(101), dear(102)])) == dear_lines
    order = create(orders, [dear(101), dear(1)])
    first, second = (row["id"] for row in orders.store.list(orders.actor("eve"), LINES).rows)
    assert refused(lambda: change(orders, order, [dear(200, max(first, second))])) == dear_lines
    assert refused(lambda: change(orders, order, [dear(300)])) == dear_lines
    change(orders, order, [dear(300), dear(0, min(first, second), delete=True)])


def test_a_record_counts_as_it_will_be_and_not_before_it_has_its_defaults(orders: Shop) -> None:
    house = orders.add("account", name="House")
    full = {"account": "Two open orders are enough"}
    first, second = (create(orders, [], account=house) for _ in range(2))
    assert [orders.row("order", record_id)["number"] for record_id in (first, second)] == [1, 2]
    assert refused(lambda: create(orders, [], account=house)) == full
    third = create(orders, [dear(1)])
    assert refused(lambda: change(orders, third, [], account=house)) == full
    change(orders, third, [], account=house, stage="sent")


def test_many_records_written_together_see_each_other(orders: Shop) -> None:
    house = orders.add("account", name="House")
    rows = [(None, {"name": str(number), "account": house}) for number in range(4)]
    with orders.store.begin(orders.actor("eve"), "import") as write:
        done = write.create_or_change("order", rows)
    assert [isinstance(each, Invalid) for each in done] == [False, False, True, True]
    assert [orders.row("order", each)["number"] for each in done if isinstance(each, int)] == [1, 2]


def test_a_transition_knows_what_changes_with_it(orders: Shop) -> None:
    order = create(orders, [dear(1)], amount=1)
    with pytest.raises(MoveRefused):
        change(orders, order, [], stage="sent", amount=2, reason="x")
    change(orders, order, [], stage="sent")


LINES = ListQuery("order_line", ("price",))
