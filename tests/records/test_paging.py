"""Paging by key: every record exactly once, forwards and backwards, over ties and empty values."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import Boolean, Column, Date, Integer, Text

from engine.access.actor import ENGINE
from engine.records.paging import decode, encode
from engine.records.query import PageRequest
from engine.schema.columns import ScaledDecimal, UtcDateTime
from engine.schema.model import ListQuery, Sort
from tests.records.shop import Shop

QUERY = ListQuery("deal", ("name",))
FIELDS = ("name", "account", "stage", "amount", "close_date", "met_at", "urgent")
SORTS = st.lists(
    st.builds(Sort, st.sampled_from(FIELDS), st.booleans()),
    max_size=3,
    unique_by=lambda sort: sort.field,
)
DEALS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["a", "B", "é", "张", "x" * 200]),
            "account": st.sampled_from([None, 0, 1, 2]),
            "stage": st.sampled_from(["lead", "offer", "won", "lost"]),
            "amount": st.sampled_from([None, 0, 1, Decimal("1.10")]),
            "close_date": st.sampled_from([None, "2026-03-01", "2026-04-01"]),
            "met_at": st.sampled_from([None, datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 1, 0, 0, 0, 1, UTC)]),
            "urgent": st.sampled_from([None, True, False]),
        }
    ),
    max_size=14,
)


def write_all(shop: Shop, deals: list[dict[str, Any]]) -> None:
    with shop.store.begin(ENGINE, "import") as write:
        for table in ("deal", "account"):
            write.connection.exec_driver_sql(f"DELETE FROM e_{table}")
        accounts = [write.create("account", {"name": name}) for name in ("Zeta", "alpha", "Alpha")]
        for number, deal in enumerate(deals):
            account = None if deal["account"] is None else accounts[deal["account"]]
            unique = f"{deal['name']}{'' if account is None else number}"
            stage = deal["stage"] if deal["close_date"] else "lead"
            write.create("deal", deal | {"account": account, "name": unique, "stage": stage, "lost_reason": "x"})


def walk(shop: Shop, sort: tuple[Sort, ...], limit: int) -> tuple[list[int], list[int]]:
    """The ids met going forwards to the end, and those met going back to the start."""
    forwards: list[int] = []
    backwards: list[int] = []
    page = shop.store.list(ENGINE, QUERY, PageRequest(sort=sort, limit=limit))
    forwards += [row["id"] for row in page.rows]
    while page.after:
        page = shop.store.list(ENGINE, QUERY, PageRequest(sort=sort, limit=limit, after=page.after))
        forwards += [row["id"] for row in page.rows]
    backwards[:0] = [row["id"] for row in page.rows]
    while page.before:
        page = shop.store.list(ENGINE, QUERY, PageRequest(sort=sort, limit=limit, before=page.before))
        backwards[:0] = [row["id"] for row in page.rows]
    return forwards, backwards


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(deals=DEALS, sort=SORTS, limit=st.integers(1, 5))
def test_every_record_comes_exactly_once(shop: Shop, deals: list[dict[str, Any]], sort: list[Sort], limit: int) -> None:
    write_all(shop, deals)
    whole = [row["id"] for row in shop.store.list(ENGINE, QUERY, PageRequest(sort=tuple(sort), limit=100)).rows]
    assert len(whole) == len(deals)
    assert walk(shop, tuple(sort), limit) == (whole, whole)


def test_one_page_has_no_neighbours(shop: Shop) -> None:
    shop.add("deal", name="Big")
    page = shop.store.list(ENGINE, QUERY)
    assert (len(page.rows), page.before, page.after) == (1, None, None)


def test_a_cursor_holds_values_of_every_kind() -> None:
    values = {
        Column("text", Text): "é",
        Column("number", ScaledDecimal(2)): Decimal("1.10"),
        Column("whole", Integer): 7,
        Column("day", Date): date(2026, 3, 1),
        Column("moment", UtcDateTime): datetime(2026, 3, 1, 9, 30, 0, 5, UTC),
        Column("flag", Boolean): True,
        Column("empty", Text): None,
    }
    assert decode(encode(list(values.values())), [(column, False) for column in values]) == tuple(values.values())
