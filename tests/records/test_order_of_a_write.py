"""One write, step by step: each step leaves a trace in what the next ones make of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest

from engine.clock import SettableClock
from engine.compiling import Compiled, compile_sources
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records.errors import Invalid
from tests.records.shop import Shop, open_shop

BLUEPRINT = """
blueprint: {id: order, version: 1.0.0, title: Order}
settings: {languages: [en], currency: EUR, time_zone: Asia/Shanghai}
parameters: {least: {type: integer, default: 5}}
entities:
  order:
    label: Order
    title: name
    fields:
      name: {type: text, required: true}
      items: {type: children, of: item, key: order}
      sum: {type: rollup, of: items, fn: sum, field: total}
  item:
    label: Item
    title: name
    fields:
      order: {type: link, to: order, required: true}
      name: {type: text, required: true}
      base: {type: integer, default: "=param.least * 2"}
      size: {type: text, default: "='big' if base >= 10 else 'small'"}
      twice: {type: formula, expr: "base * 2", result: integer}
      extra: {type: integer, default: 3, visible: "twice >= 20"}
      extra_note: {type: text, visible: "extra != null", required: true, default: Free}
      total: {type: formula, expr: "twice + coalesce(extra, 0)", result: integer}
      reason: {type: text, required: "total == 8"}
      rate: {type: integer, validate: "rate <= 100"}
    checks:
      - {never: "rate > 50 and size == 'big'", field: rate, error: Too high for a big one}
      - {never: "total == 6", error: Six is never}
      - {never: "extra_note != null and extra == null", field: extra_note, error: A note about nothing}
roles:
  boss: {entities: {"*": {read: all, create: true, update: all, delete: all}}}
  seller: {entities: {order: {read: all}}}
  reader: {entities: {order: {read: all}}}
"""
NAMES = ("base", "size", "twice", "extra", "extra_note", "total")


@lru_cache(maxsize=1)
def compiled() -> Compiled:
    whole = compile_sources({"blueprint.yaml": BLUEPRINT})
    assert not whole.problems.errors, "\n".join(whole.problems.lines())
    return whole


@pytest.fixture
def orders(database: Database, clock: SettableClock, identifiers: Identifiers) -> Shop:
    return open_shop(database, clock, identifiers, compiled())


def item(shop: Shop, **values: Any) -> int:
    order = shop.add("order", name="O")
    return shop.add("item", order=order, name="I", **values)


def trace(shop: Shop, record: int) -> tuple[Any, ...]:
    row = shop.row("item", record)
    return (*(row[name] for name in NAMES), shop.row("order", row["order"])["sum"])


def refused(shop: Shop, record: int | None = None, **values: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        item(shop, **values) if record is None else shop.change("item", record, **values)
    return {name: text.in_("en") for name, text in refusal.value.errors.items()}


def test_defaults_read_parameters_and_earlier_defaults_and_formulas_read_them(orders: Shop) -> None:
    assert trace(orders, item(orders)) == (10, "big", 20, 3, "Free", 23, 23)


def test_what_a_formula_hides_is_cleared_with_what_that_hides_and_formulas_see_it(orders: Shop) -> None:
    assert trace(orders, item(orders, base=6, extra=9)) == (6, "small", 12, None, None, 12, 12)


def test_required_is_judged_after_clearing(orders: Shop) -> None:
    assert refused(orders, base=4, extra=9) == {"reason": "Reason is required."}
    record = item(orders, base=4, extra=9, reason="Small")
    assert trace(orders, record)[-2:] == (8, 8)


def test_checks_come_after_required_and_validate_and_wait_for_them(orders: Shop) -> None:
    assert refused(orders, rate=101) == {"rate": "Rate must be at most 100."}
    assert refused(orders, rate=60) == {"rate": "Too high for a big one"}
    assert refused(orders, base=3) == {"": "Six is never"}


def test_a_change_goes_the_same_way_and_the_sums_of_its_record_follow(orders: Shop) -> None:
    record = item(orders)
    orders.change("item", record, base=7)
    assert trace(orders, record) == (7, "big", 14, None, None, 14, 14)
    assert refused(orders, record, base=3) == {"": "Six is never"}
    assert trace(orders, record) == (7, "big", 14, None, None, 14, 14)
    kind, changes = orders.changes("item", record)[-1]
    assert kind == "updated" and changes["base"] == (10, 7) and changes["extra"] == (3, None)
