"""Many records written at once come to the same as one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st
from sqlalchemy import select

from engine.access.actor import ENGINE, Actor
from engine.database.search_tables import search
from engine.database.system_tables import history, stage_entry
from engine.records.foresight import Foresight
from engine.records.many import REFUSALS, Change
from engine.records.refusals import reasons
from engine.records.writing import Write
from tests.records.shop import Shop

DEALS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["A", "a", "B", "C", None]),
        "account": st.sampled_from([0, 1, 2, 3, None]),
        "amount": st.sampled_from([Decimal("-1.00"), Decimal("10.00"), None]),
        "discount": st.sampled_from([Decimal("5.00"), Decimal("50.00")]),
        "stage": st.sampled_from(["lead", "offer", "won", "lost"]),
        "lost_reason": st.sampled_from(["price", None]),
        "close_date": st.sampled_from([date(2026, 5, 1), None]),
        "owner": st.sampled_from(["ann", "cat"]),
        "serial": st.just("x"),
    },
)


class Undone(Exception):
    pass


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.sampled_from([None, None, 0, 1]), DEALS), min_size=1, max_size=7),
    who=st.sampled_from(["ann", "eve", ""]),
)
def test_many_writes_are_refused_and_kept_as_single_ones(
    rows: Sequence[tuple[int | None, dict[str, Any]]], who: str, planted: tuple[Shop, Sequence[int], Sequence[int]]
) -> None:
    shop, accounts, deals = planted
    assume(who or all(values.get("account") != 3 for _, values in rows))  # the engine names only records there are
    changes = [(None if number is None else deals[number], _values(shop, accounts, values)) for number, values in rows]
    single, many = _tried(shop, who, changes, _one_by_one), _tried(shop, who, changes, _at_once)
    assert many == single
    with shop.store.judging(_actor(shop, who), "import") as write:
        answers = _at_once(write, changes, judge=True)
    if len({number for number, _ in rows if number is not None}) == sum(number is not None for number, _ in rows):
        assert [each for each in answers if each] == [each for each in single[0] if each]


@pytest.fixture
def planted(sqlite_shop: Shop) -> tuple[Shop, Sequence[int], Sequence[int]]:
    """The shop, accounts (gold, silver, one in the bin, none at all), deals of which ann may change the first."""
    shop = sqlite_shop
    accounts = [
        shop.add("account", name=name, tier=tier) for name, tier in (("G", "gold"), ("S", "silver"), ("X", None))
    ]
    shop.store.delete(shop.actor("eve"), "account", accounts[2])
    deals = [
        shop.add("deal", name=name, account=accounts[0], owner=shop.people[who])
        for name, who in (("A", "ann"), ("B", "cat"))
    ]
    return shop, [*accounts, accounts[0] + 999], deals


def _actor(shop: Shop, who: str) -> Actor:
    return shop.actor(who) if who else ENGINE


def _values(shop: Shop, accounts: Sequence[int], values: dict[str, Any]) -> dict[str, Any]:
    found = dict(values)
    if found.get("account") is not None:
        found["account"] = accounts[found["account"]]
    if "owner" in found:
        found["owner"] = shop.people[found["owner"]]
    return found


def _tried(shop: Shop, who: str, changes: Sequence[Change], way: Any) -> tuple[Any, ...]:
    """What was answered for each, and all that stands in the tables then; it is taken back."""
    found: list[Any] = []
    try:
        with shop.store.begin(_actor(shop, who), "import", 7) as write:
            found += [way(write, changes), _tables(shop, write)]
            raise Undone
    except Undone:
        return tuple(found)


def _one_by_one(write: Write, changes: Sequence[Change]) -> list[dict[str, str]]:
    answers = []
    for record_id, values in changes:
        try:
            with write.connection.begin_nested():
                if record_id is None:
                    write.create("deal", values)
                else:
                    write.change("deal", record_id, values)
            answers.append({})
        except REFUSALS as refusal:
            answers.append(_said(refusal))
    return answers


def _at_once(write: Write, changes: Sequence[Change], judge: bool = False) -> list[dict[str, str]]:
    done = write.judge_many("deal", changes, Foresight()) if judge else write.create_or_change("deal", changes)
    return [_said(each) if isinstance(each, Exception) else {} for each in done]


def _said(refusal: Exception) -> dict[str, str]:
    return {name: text.in_("en") for name, text in reasons(refusal).items()}


def _tables(shop: Shop, write: Write) -> list[list[dict[str, Any]]]:
    """Every row without its own id; ids of deals as the order they were made in."""
    deal = shop.store.model.table("deal")
    orders = {
        each: number for number, each in enumerate(write.connection.execute(select(deal.c.id).order_by("id")).scalars())
    }
    found = []
    for table, key in ((deal, "id"), (history, "record_id"), (stage_entry, "record_id"), (search, "record_id")):
        rows = [dict(row) for row in write.connection.execute(select(table)).mappings()]
        for row in rows:
            row[key] = orders.get(row[key], row[key])
            if table in (history, stage_entry):
                row.pop("id")
        found.append(sorted(rows, key=lambda row: str(sorted(row.items(), key=str))))
    return found
