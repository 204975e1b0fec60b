"""Lists: filters, chips, search, sort, totals, and how many statements they take."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from engine.access.actor import ENGINE, Actor
from engine.expressions.parse import parse
from engine.expressions.types import BOOLEAN
from engine.records.query import Condition, PageRequest
from engine.records.totals import Aggregate
from engine.schema.model import ListQuery, Sort
from engine.schema.scope import EntityScope
from tests.records.shop import Shop

ALL = ListQuery("deal", ("name", "account", "stage", "amount", "owner"))


@pytest.fixture
def deals(shop: Shop) -> Shop:
    """Five deals: a to d full of values, e with nothing but its name. It is Wednesday, 4 March 2026."""
    gold, iron = shop.add("account", name="Zeta", tier="gold"), shop.add("account", name="alpha", tier="iron")
    rows: dict[str, dict[str, Any]] = {
        "a": {"account": gold, "amount": "100", "close_date": "2026-03-01", "urgent": True, "stage": "lost"},
        "b": {"account": iron, "amount": "20", "close_date": "2026-03-04", "urgent": False, "stage": "won"},
        "c": {"account": gold, "amount": "3", "close_date": "2026-03-31", "stage": "offer", "discount": "10"},
        "d": {"amount": "100", "close_date": "2026-04-30", "owner": shop.people["ann"], "met_at": "2026-03-04T03:00Z"},
        "e": {"close_date": None},
    }
    for name, values in rows.items():
        reason = {"lost_reason": "Price"} if values.get("stage") == "lost" else {}
        shop.store.create(ENGINE, "deal", {"name": f"Deal {name}", "discount": None, **values, **reason})
    return shop


def ann_as_boss(shop: Shop) -> Actor:
    return Actor(shop.people["ann"], frozenset({"boss"}))


def found(shop: Shop, *conditions: Condition, search: str = "") -> str:
    page = shop.store.list(ann_as_boss(shop), ALL, PageRequest(conditions, search=search))
    return "".join(sorted(row["name"][-1] for row in page.rows))


@pytest.mark.parametrize(
    ("field", "comparison", "values", "names"),
    [
        ("name", "contains", ("EAL B",), "b"),
        ("name", "contains", ("%",), ""),
        ("name", "starts_with", ("deal",), "abcde"),
        ("name", "is", ("Deal a",), "a"),
        ("name", "is_not", ("Deal a",), "bcde"),
        ("stage", "any_of", ("won", "lost"), "ab"),
        ("stage", "none_of", ("won", "lost"), "cde"),
        ("account", "none_of", (1,), "abcde"),
        ("account", "empty", (), "de"),
        ("account", "not_empty", (), "abc"),
        ("amount", "at_least", (Decimal(20),), "abd"),
        ("amount", "at_most", (Decimal(20),), "bc"),
        ("amount", "between", (Decimal(3), Decimal(20)), "bc"),
        ("close_date", "before", (date(2026, 3, 4),), "a"),
        ("close_date", "after", (date(2026, 3, 4),), "cd"),
        ("close_date", "between", (date(2026, 3, 1), date(2026, 3, 31)), "abc"),
        ("close_date", "within_next", (27,), "bc"),
        ("close_date", "within_last", (3,), "ab"),
        ("close_date", "this_week", (), "ab"),
        ("close_date", "this_month", (), "abc"),
        ("close_date", "this_quarter", (), "abc"),
        ("close_date", "overdue", (), "a"),
        ("met_at", "within_last", (0,), "d"),
        ("met_at", "before", (datetime(2026, 3, 4, 4, tzinfo=UTC),), "d"),
        ("owner", "is_me", (), "d"),
        ("urgent", "is_true", (), "a"),
        ("urgent", "is_false", (), "bcde"),
    ],
)
def test_a_chip_filters(deals: Shop, field: str, comparison: str, values: tuple[Any, ...], names: str) -> None:
    assert found(deals, Condition(field, comparison, values)) == names


def test_chips_add_up_with_the_search_in_the_title(deals: Shop) -> None:
    dear = Condition("amount", "at_least", (Decimal(20),))
    assert [found(deals, dear, search="deal a"), found(deals, search="DEAL"), found(deals, dear, search="c")] == [
        "a", "abcde", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("account.tier == 'gold'", "ac"),
        ("stage.kind == 'open' and amount > 3", "d"),
        ("stage.probability >= 50", "bc"),
        ("owner == me", "d"),
        ("close_date <= today() + 27", "abc"),
        ("is_empty(amount)", "e"),
        ("not urgent", "bcde"),
        ("account.parent.tier == 'gold'", ""),
    ],
)
def test_a_view_filters_by_an_expression(deals: Shop, text: str, names: str) -> None:
    fields = {name: entity.fields for name, entity in deals.store.model.entities.items()}
    query = ListQuery("deal", ("name",), parse(text, EntityScope("deal", fields), BOOLEAN))
    rows = deals.store.list(ann_as_boss(deals), query).rows
    assert "".join(sorted(row["name"][-1] for row in rows)) == names


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", "abcde"),
        ("-name", "edcba"),
        ("account", "bacde"),
        ("-account", "cabed"),
        ("stage", "decba"),
        ("-stage", "abced"),
        ("amount", "cbade"),
        ("-amount", "dabce"),
        ("close_date", "abcde"),
        ("-close_date", "dcbae"),
        ("urgent", "bacde"),
    ],
)
def test_a_list_is_sorted_with_empties_last(deals: Shop, sort: str, names: str) -> None:
    assert "".join(name[-1] for name in deals.names("deal", "eve", sort)) == names


def test_texts_sort_as_people_expect(shop: Shop) -> None:
    for name in ("Zoë", "张伟", "anna", "Émile", "10", "李雷", "Bob"):
        shop.add("account", name=name)
    assert shop.names("account") == ["10", "anna", "Bob", "Émile", "Zoë", "李雷", "张伟"]


def test_a_row_brings_the_titles_of_what_it_links_to(deals: Shop) -> None:
    rows = deals.store.list(deals.actor("eve"), ALL, PageRequest(search="deal a")).rows
    assert (rows[0]["account__title"], rows[0]["owner__title"], rows[0]["amount"]) == ("Zeta", None, Decimal("100.00"))


def test_totals_are_exact_even_where_they_pass_64_bits(shop: Shop) -> None:
    most = Decimal("9999999999999999.99")
    with shop.store.begin(ENGINE, "import") as write:
        for number in range(100):
            write.create("deal", {"name": str(number), "amount": most, "probability": 2**53 - 1})
    total = shop.store.aggregate(ENGINE, ALL, sums=["amount", "probability"])
    assert total == Aggregate(100, {"amount": most * 100, "probability": (2**53 - 1) * 100})


def test_totals_follow_the_filters(deals: Shop) -> None:
    request = PageRequest((Condition("amount", "at_most", (Decimal(20),)),))
    nothing = PageRequest((Condition("amount", "at_most", (Decimal(2),)),))
    eve = deals.actor("eve")
    assert deals.store.aggregate(eve, ALL, request, ["amount"]) == Aggregate(2, {"amount": Decimal("23.00")})
    assert deals.store.aggregate(eve, ALL, nothing, ["amount"]) == Aggregate(0, {"amount": Decimal("0.00")})


def test_averages_and_limits_are_exact_and_empty_values_count_for_nothing(shop: Shop) -> None:
    with shop.store.begin(ENGINE, "import") as write:
        for number, amount in enumerate((Decimal("0.10"), Decimal("0.20"), Decimal("90071992547409.93"), None)):
            write.create("deal", {"name": str(number), "amount": amount, "close_date": date(2026, 3, number + 1)})
    names = ["amount", "average:amount", "min:amount", "max:amount", "count:amount", "min:close_date", "max:close_date"]
    found = shop.store.aggregate(ENGINE, ALL, sums=names)
    total, average, *others = (found.sums[name] for name in names)
    assert (found.count, total, average * 3) == (4, Decimal("90071992547410.23"), Decimal("90071992547410.23"))
    assert others == [Decimal("0.10"), Decimal("90071992547409.93"), 3, date(2026, 3, 1), date(2026, 3, 4)]
    nothing = PageRequest((Condition("amount", "at_least", (Decimal("1e14"),)),))
    none = shop.store.aggregate(ENGINE, ALL, nothing, names).sums
    assert [none[name] for name in names] == [0, None, None, None, 0, None, None]


def test_a_board_counts_and_sums_each_lane(deals: Shop) -> None:
    lanes = deals.store.aggregate_by(deals.actor("eve"), ALL, "stage", sums=["amount"])
    assert {stage: (lane.count, str(lane.sums["amount"])) for stage, lane in lanes.items()} == {
        "lead": (2, "100.00"),
        "offer": (1, "3.00"),
        "won": (1, "20.00"),
        "lost": (1, "100.00"),
    }


def test_views_are_counted_up_to_a_limit_in_one_statement(deals: Shop) -> None:
    with deals.database.count_statements() as statements:
        counts = deals.store.counts(deals.actor("eve"), [ALL, ListQuery("account", ("name",)), ALL], 3)
    assert (list(counts), len(statements)) == ([3, 2, 3], 1)
    assert list(deals.store.counts(deals.actor("eve"), [], 3)) == []


def test_a_list_and_a_record_take_one_statement_each(deals: Shop) -> None:
    dan = deals.actor("dan")
    query = ListQuery("deal", ("name", "account", "owner", "team"), sort=(Sort("account", True),))
    with deals.database.count_statements() as statements:
        page = deals.store.list(dan, query)
        deals.store.get(dan, "deal", page.rows[0]["id"])
        deals.store.aggregate(dan, query, sums=["amount"])
    assert len(statements) == 3


def test_the_titles_of_some_records(deals: Shop) -> None:
    rows = deals.store.list(deals.actor("eve"), ALL).rows
    ids = {row["name"]: row["id"] for row in rows}
    assert deals.store.titles(deals.actor("eve"), "deal", [ids["Deal a"], ids["Deal b"], 5]) == {
        ids["Deal a"]: "Deal a",
        ids["Deal b"]: "Deal b",
    }
