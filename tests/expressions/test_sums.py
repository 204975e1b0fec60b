"""Sums of stored numbers are compared as whole numbers on SQLite, and exactly where they are too large for that."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite as sqlite_dialect

from engine.expressions.sql import to_sql
from tests.expressions.world import DEALS, Sql, in_python, opened, sqlite, understood

LARGE = Decimal(2**63 - 1)
SUMS = [
    "amount - cost > 20000",
    "amount + cost == rate",
    "amount - amount * rate / 100 >= 0.5",
    "-amount * 3 + fine * 2 != 7.25",
    "count * amount < cost",
    "count + other_count > 9000000000000000000",
    "amount * 0 == 0",
    "(amount - cost) * (count + 1) <= 0",
    "amount / 8 > cost / 5",
]
ROWS: list[dict[str, Any]] = [
    {},
    {
        "amount": Decimal("20000.02"),
        "cost": Decimal("0.01"),
        "rate": Decimal("20000.0300"),
        "count": 1,
        "other_count": 2,
    },
    {"amount": Decimal("0.50"), "cost": Decimal("-0.50"), "rate": Decimal(0), "fine": Decimal("4.375"), "count": 0},
    {"amount": LARGE / 100, "cost": -LARGE / 100, "rate": LARGE / 10_000, "fine": LARGE / 10**9, "count": 2**63 - 1},
    {"amount": -LARGE / 100, "cost": LARGE / 100, "count": -(2**63) + 1, "other_count": -5},
    {"count": 2**63 - 1, "other_count": 2**63 - 1, "amount": Decimal("0.01"), "cost": Decimal(0)},
    {"count": 2**62, "other_count": 2**62, "amount": Decimal(1), "cost": Decimal(1)},
]


@pytest.fixture(scope="module")
def deals() -> Iterator[Sql]:
    with opened(sqlite()) as found:
        found.fill(ROWS)
        yield found


def written(text: str) -> str:
    element = to_sql(understood(text), lambda path: DEALS.c[path[0]], "sqlite")
    return str(element.compile(dialect=sqlite_dialect.dialect()))


@pytest.mark.parametrize("text", SUMS)
def test_a_sum_is_compared_alike_whether_it_is_small_or_huge(text: str, deals: Sql) -> None:
    expression = understood(text)
    assert deals.answers(expression) == [in_python(expression, row) for row in ROWS]
    assert written(text).startswith("CASE WHEN")


@pytest.mark.parametrize(
    "text",
    ["amount / 3 > 1", "amount * cost * rate > 1", "round(amount) > cost", "amount / count > 1", "fine * fine > 20"],
)
def test_what_is_more_than_a_sum_is_left_to_exact_arithmetic(text: str) -> None:
    assert not written(text).startswith("CASE WHEN")
