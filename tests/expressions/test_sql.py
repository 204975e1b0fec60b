"""Conditions on stored columns stay plain, so that an index can answer them."""

from __future__ import annotations

import pytest
from sqlalchemy import Select, select
from sqlalchemy.dialects import postgresql, sqlite as sqlite_dialect

from engine.expressions.sql import to_sql
from tests.expressions.world import DEALS, Sql, opened, sqlite, understood


def where(text: str) -> Select[tuple[int]]:
    return select(DEALS.c.id).where(to_sql(understood(text), lambda path: DEALS.c[path[0]], "sqlite"))


@pytest.mark.parametrize(
    ("text", "sql"),
    [
        ("stage == 'won'", "deals.stage IS NOT NULL AND deals.stage = 'won'"),
        ("amount > 100.005", "deals.amount IS NOT NULL AND deals.amount > 10000"),
        ("amount == 0.001", "false"),
        ("amount != 2.5", "deals.amount IS NULL OR deals.amount != 250"),
        ("close_date < today()", "deals.close_date IS NOT NULL AND deals.close_date < %(today)s"),
        ("active and name == null", "deals.active IS true AND nullif(deals.name, '') IS NULL"),
        ("amount in [1, 2.555]", "deals.amount IS NOT NULL AND deals.amount IN (100)"),
        (
            "owner == me",
            "deals.owner IS NOT NULL AND %(me)s::BIGINT IS NOT NULL AND deals.owner = %(me)s::BIGINT"
            " OR deals.owner IS NULL AND %(me)s::BIGINT IS NULL",
        ),
    ],
)
def test_a_condition_on_postgresql_is_written_so(text: str, sql: str) -> None:
    element = to_sql(understood(text), lambda path: DEALS.c[path[0]], "postgresql")
    options = {"literal_binds": True} if "%" not in sql else {}
    assert str(element.compile(dialect=postgresql.dialect(), compile_kwargs=options)).replace("::DATE", "") == sql


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("stage == 'won'", "stage"),
        ("amount >= 2.5", "amount"),
        ("owner == me", "owner"),
        ("close_date in this_month()", "close_date"),
        ("close_date in last_days(30)", "close_date"),
        ("seen_at in this_quarter()", "seen_at"),
        ("close_date < today() - 30", "close_date"),
        ("add_months(today(), -3) <= close_date", "close_date"),
        ("seen_at > add_hours(now(), -24)", "seen_at"),
    ],
)
def test_sqlite_answers_from_an_index(text: str, name: str) -> None:
    with opened(sqlite()) as deals:
        deals.connection.exec_driver_sql(f"create index found on deals ({name})")
        assert f"USING INDEX found ({name}" in _plan(deals, where(text))


def _plan(deals: Sql, statement: Select[tuple[int]]) -> str:
    compiled = statement.compile(dialect=sqlite_dialect.dialect())
    values = tuple(compiled.params[name] for name in compiled.positiontup or ())
    return str(deals.connection.exec_driver_sql(f"explain query plan {compiled}", values).all())


def test_an_expression_that_needs_today_binds_it_by_name() -> None:
    compiled = where("close_date < today() and seen_at < now() and owner == me").compile(
        dialect=sqlite_dialect.dialect()
    )
    assert sorted(compiled.params) == ["me", "now", "today"]
