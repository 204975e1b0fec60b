"""Formulas over the day or the person who asks are kept nowhere: lists, filters, totals and rules work them out."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from engine.clock import SettableClock
from engine.compiling import compile_sources
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records.errors import Invalid
from engine.records.grouping import Group
from engine.records.query import Condition, PageRequest
from engine.schema.model import ListQuery, Sort
from tests.records.shop import Shop, open_shop

BLUEPRINT = """
blueprint: {id: bills, version: 1.0.0, title: Bills}
settings: {languages: [en], currency: EUR}
entities:
  client:
    title: name
    fields:
      name: {type: text, required: true}
      bills: {type: formula, expr: "count(bill, client == record.id)"}
  bill:
    title: name
    fields:
      name: {type: text, required: true}
      client: {type: link, to: client}
      amount: {type: money}
      due: {type: date}
      paid: {type: boolean}
      late: {type: formula, expr: "days_since(due)"}
      fine: {type: formula, expr: "amount * late / 1000", result: money}
      overdue: {type: formula, expr: "not paid and due < today()"}
      mine: {type: formula, expr: "owner == me"}
      note: {type: text, validate: "late < 30"}
roles:
  boss: {entities: {"*": {read: all, create: true, update: all, delete: all}}}
"""


@pytest.fixture
def bills(database: Database, clock: SettableClock, identifiers: Identifiers) -> Shop:
    whole = compile_sources({"blueprint.yaml": BLUEPRINT})
    assert whole.blueprint is not None, "\n".join(whole.problems.lines())
    shop = open_shop(database, clock, identifiers, whole)
    client = shop.add("client", name="C")
    for name, days, amount in (("old", -40, "100.00"), ("new", -2, "33.33"), ("future", 5, "10.00")):
        due = clock.now().date() + timedelta(days=days)
        shop.add("bill", name=name, due=due, amount=amount, client=client)
    return shop


def found(bills: Shop, *conditions: Condition, sort: str = "-late") -> list[str]:
    return bills.names("bill", sort=sort, request=PageRequest(conditions=conditions))


def test_they_are_shown_on_a_record_and_in_a_list(bills: Shop) -> None:
    query = ListQuery("bill", ("late", "fine", "overdue", "mine"), sort=(Sort("late"),))
    rows = bills.store.list(bills.actor("eve"), query).rows
    shown = [(row["late"], row["fine"], row["overdue"], row["mine"]) for row in rows]
    cents = [Decimal("-0.05"), Decimal("0.07"), Decimal("4.00")]
    assert shown == [(-5, cents[0], False, True), (2, cents[1], True, True), (40, cents[2], True, True)]
    record = bills.row("bill", rows[1]["id"])
    assert (record["late"], record["fine"], record["overdue"], record["mine"]) == (2, cents[1], True, False)


def test_they_filter_sort_total_and_group(bills: Shop) -> None:
    assert found(bills) == ["old", "new", "future"]
    assert found(bills, Condition("late", "at_least", (1,))) == ["old", "new"]
    assert found(bills, Condition("overdue", "is_true"), sort="fine") == ["new", "old"]
    query = ListQuery("bill", ())
    total = bills.store.aggregate(bills.actor("eve"), query, PageRequest(), ("fine", "late"))
    assert (total.count, dict(total.sums)) == (3, {"fine": Decimal("4.02"), "late": 37})
    request = PageRequest(group=Group("overdue"))
    groups = bills.store.groups(bills.actor("eve"), query, request, [True, False], ("amount",))
    assert {bool(key): each.count for key, each in groups.items()} == {True: 2, False: 1}


def test_they_follow_the_day_without_a_write(bills: Shop) -> None:
    bills.clock.advance(timedelta(days=6))
    assert found(bills, Condition("overdue", "is_true")) == ["old", "new", "future"]


def test_pages_go_on_behind_them(bills: Shop) -> None:
    query = ListQuery("bill", ("late",), sort=(Sort("late"),))
    first = bills.store.list(bills.actor("eve"), query, PageRequest(limit=2))
    second = bills.store.list(bills.actor("eve"), query, PageRequest(limit=2, after=first.after))
    assert [row["name"] for row in (*first.rows, *second.rows)] == ["future", "new", "old"]


def test_rules_read_them_and_counts_are_worked_out(bills: Shop) -> None:
    query = ListQuery("bill", ("client",), sort=(Sort("late"),))
    early, _, late = bills.store.list(bills.actor("eve"), query).rows
    bills.change("bill", early["id"], note="x")
    with pytest.raises(Invalid):
        bills.change("bill", late["id"], note="x")
    assert bills.row("client", late["client"])["bills"] == 3
