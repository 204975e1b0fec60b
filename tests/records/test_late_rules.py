"""Rules over sums of other records: they see the sums as the whole write leaves them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest

from engine.clock import SettableClock
from engine.compiling import Compiled, compile_sources
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records.errors import Invalid
from engine.records.many import Spoiled
from engine.records.writing import LineChange
from tests.records.shop import Shop, open_shop

BLUEPRINT = """
blueprint: {id: budgets, version: 1.0.0, title: Budgets}
settings: {languages: [en], currency: EUR, time_zone: Asia/Shanghai}
entities:
  budget:
    label: Budget
    title: name
    fields:
      name: {type: text}
      most: {type: integer, default: 100}
      lines: {type: children, of: cost, key: budget}
      spent: {type: rollup, of: lines, fn: sum, field: price}
      left: {type: formula, expr: "most - coalesce(spent, 0)", result: integer}
    checks:
      - {never: "spent > most", field: most, error: More is spent than there is}
      - {never: "left == 13", error: Thirteen is never left}
  trip:
    label: Trip
    title: name
    fields:
      name: {type: text}
      legs: {type: children, of: leg, key: trip}
      days: {type: rollup, of: legs, fn: sum, field: days}
      cities: {type: links, to: city}
      fees: {type: rollup, of: cities, fn: sum, field: fee}
      reason: {type: text, required: "days > 10"}
      visa: {type: text, visible: "days > 5", required: "days == 7"}
      most: {type: integer, validate: "days <= most and fees <= most"}
    checks:
      - {never: "changed(name) and old != null and days > 8", field: name, error: A long trip keeps its name}
      - {never: "days < old.days", error: A trip never gets shorter}
  leg:
    label: Leg
    title: name
    fields:
      trip: {type: link, to: trip, required: true}
      name: {type: text}
      days: {type: integer}
  city:
    label: City
    title: name
    fields: {name: {type: text}, fee: {type: integer}}
  cost:
    label: Cost
    title: name
    fields:
      budget: {type: link, to: budget, required: true}
      name: {type: text}
      price: {type: integer}
roles:
  boss: {entities: {"*": {read: all, create: true, update: all, delete: all}}}
  seller: {entities: {budget: {read: all}, trip: {read: all}}}
  reader: {entities: {budget: {read: all}, trip: {read: all}}}
"""


@lru_cache(maxsize=1)
def compiled() -> Compiled:
    whole = compile_sources({"blueprint.yaml": BLUEPRINT})
    assert not whole.problems.errors, "\n".join(whole.problems.lines())
    return whole


@pytest.fixture
def budgets(database: Database, clock: SettableClock, identifiers: Identifiers) -> Shop:
    return open_shop(database, clock, identifiers, compiled())


def costs(*prices: int) -> dict[str, Any]:
    return {"lines": [LineChange(None, {"name": "C", "price": price}) for price in prices]}


def refused(write: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        write()
    return {name: text.in_("en") for name, text in refusal.value.errors.items()}


def test_line_items_count_before_the_sum_is_judged(budgets: Shop) -> None:
    eve, create = budgets.actor("eve"), budgets.store.create
    told = refused(lambda: create(eve, "budget", {"name": "A"}, costs(60, 50)))
    assert told == {"most": "More is spent than there is"} and budgets.names("budget") == []
    assert refused(lambda: create(eve, "budget", {"name": "A"}, costs(80, 7))) == {"": "Thirteen is never left"}
    budget = create(eve, "budget", {"name": "A"}, costs(60, 40))
    budgets.store.change(eve, "budget", budget, {"most": 200}, None, costs(90))
    assert budgets.row("budget", budget)["spent"] == 190


def test_a_line_written_by_itself_is_judged_with_its_record(budgets: Shop) -> None:
    budget = budgets.add("budget", name="A")
    budgets.add("cost", budget=budget, name="C", price=90)
    told = refused(lambda: budgets.add("cost", budget=budget, name="D", price=20))
    assert told == {"most": "More is spent than there is"} and budgets.names("cost") == ["C"]
    assert refused(lambda: budgets.change("budget", budget, most=80)) == {"most": "More is spent than there is"}


def test_many_lines_are_refused_together_when_their_sum_is_too_much(budgets: Shop) -> None:
    budget = budgets.add("budget", name="A")
    rows = [(None, {"budget": budget, "name": name, "price": 60}) for name in "CD"]
    with pytest.raises(Spoiled), budgets.store.begin(budgets.actor("eve"), "import") as write:
        write.create_or_change("cost", rows)
    assert budgets.names("cost") == []


MOST = "Days must be at most “Most”. Fees must be at most “Most”."


def legs(*days: int) -> dict[str, Any]:
    return {"legs": [LineChange(None, {"name": "L", "days": each}) for each in days]}


def test_a_field_is_required_and_judged_by_the_sums_the_form_showed(budgets: Shop) -> None:
    eve, create = budgets.actor("eve"), budgets.store.create
    assert refused(lambda: create(eve, "trip", {"name": "T"}, legs(6, 5))) == {"reason": "Reason is required."}
    trip = create(eve, "trip", {"name": "T", "reason": "Far", "most": 12}, legs(6, 5))
    added = refused(lambda: budgets.store.change(eve, "trip", trip, {"reason": None}, None, legs(2)))
    assert added == {"reason": "Reason is required.", "most": MOST}
    with budgets.store.judging(eve, "ui") as write:
        assert {*write.outlook("trip", trip, {"reason": None}, legs(2), set(), set()).errors} == {"reason", "most"}
    assert budgets.row("trip", trip)["days"] == 11


def test_a_line_written_by_itself_is_judged_by_the_rules_of_fields_too(budgets: Shop) -> None:
    trip = budgets.add("trip", name="T", most=20)
    budgets.add("leg", trip=trip, days=9)
    assert refused(lambda: budgets.add("leg", trip=trip, days=2)) == {"reason": "Reason is required."}
    budgets.change("trip", trip, reason="Far")
    leg = budgets.add("leg", trip=trip, days=2)
    assert refused(lambda: budgets.change("leg", leg, days=12)) == {"most": MOST}
    assert budgets.row("trip", trip)["days"] == 11


def test_what_sums_hide_is_emptied_and_what_they_show_is_kept(budgets: Shop) -> None:
    eve = budgets.actor("eve")
    trip = budgets.store.create(eve, "trip", {"name": "T", "visa": "Yes"}, legs(6))
    other = budgets.store.create(eve, "trip", {"name": "U", "visa": "Yes"}, legs(3))
    assert (budgets.row("trip", trip)["visa"], budgets.row("trip", other)["visa"]) == ("Yes", None)
    assert refused(lambda: budgets.add("leg", trip=other, days=4)) == {"visa": "Visa is required."}
    budgets.store.change(eve, "trip", other, {"visa": "Maybe"}, None, legs(4))
    assert budgets.row("trip", other)["visa"] == "Maybe"
    with budgets.store.judging(eve, "ui") as write:
        found = write.outlook("trip", None, {"visa": "Yes"}, legs(3), set(), set())
    assert (found.row["visa"], "visa" in found.hidden) == (None, True)


def test_sums_over_linked_records_count_before_they_are_judged(budgets: Shop) -> None:
    city = budgets.add("city", name="C", fee=30)
    trip = budgets.add("trip", name="T", most=20)
    told = refused(lambda: budgets.change("trip", trip, cities=(city,)))
    assert told == {"most": MOST}
    budgets.change("trip", trip, cities=(city,), most=30)
    assert refused(lambda: budgets.change("city", city, fee=31)) == told


def test_a_late_rule_knows_the_record_as_it_was_before_the_write(budgets: Shop) -> None:
    trip = budgets.add("trip", name="T")
    leg = budgets.add("leg", trip=trip, days=9)
    assert refused(lambda: budgets.change("trip", trip, name="U")) == {"name": "A long trip keeps its name"}
    assert refused(lambda: budgets.change("leg", leg, days=8)) == {"": "A trip never gets shorter"}
    budgets.change("leg", leg, days=10)


def test_what_was_refused_and_taken_back_is_not_judged_with_what_follows(budgets: Shop) -> None:
    trip = budgets.add("trip", name="T")
    with budgets.store.begin(budgets.actor("eve"), "api") as write:
        with pytest.raises(Invalid), write.attempt():
            write.create("leg", {"trip": trip, "days": 11})
        write.create("leg", {"trip": trip, "days": 4})
    assert budgets.row("trip", trip)["days"] == 4
