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


def test_a_page_behind_a_cursor_is_one_range_of_the_index_and_not_all_rows_before_it(shop: Shop) -> None:
    for number in range(9):
        shop.add("deal", name=f"Deal {number}")
    query = ListQuery("deal", ("name",), sort=(Sort("updated_at", True),))
    page = shop.store.list(ENGINE, query, PageRequest(limit=4))
    plans = [plan(shop, query, PageRequest(limit=4, after=page.after))]
    if shop.store.dialect == "postgresql":
        plans.append(plan(shop, query, PageRequest(limit=4)))
        assert all("Index Scan Backward using ix_e_deal_updated_at_id" in each for each in plans)
    else:
        assert "SEARCH e_deal USING INDEX ix_e_deal_updated_at_id (updated_at<?)" in plans[0]
        assert "SCAN e_deal" not in plans[0]


def plan(shop: Shop, query: ListQuery, request: PageRequest) -> str:
    """How the database reads a page, where it need not sort and may not read a whole table."""
    statement = shop.store._statement(ENGINE, query).page(request)
    with shop.database.read() as connection:
        compiled = statement.compile(connection, compile_kwargs={"literal_binds": True})
        if shop.store.dialect == "sqlite":
            return str([row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}")])
        for way in ("seqscan", "sort", "bitmapscan"):
            connection.exec_driver_sql(f"SET enable_{way} = off")
        found = str(connection.exec_driver_sql(f"EXPLAIN {compiled}").all())
        connection.exec_driver_sql("RESET ALL")
        return found
