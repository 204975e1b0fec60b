"""Checks over sums of other records: they see the sums as the whole write leaves them."""

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
  cost:
    label: Cost
    title: name
    fields:
      budget: {type: link, to: budget, required: true}
      name: {type: text}
      price: {type: integer}
roles:
  boss: {entities: {"*": {read: all, create: true, update: all, delete: all}}}
  seller: {entities: {budget: {read: all}}}
  reader: {entities: {budget: {read: all}}}
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
