"""Column types hold the same exact value on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, text
from sqlalchemy.exc import StatementError

from engine.schema.columns import ScaledDecimal, UtcDateTime

ROWS = Table(
    "kept", MetaData(), Column("amount", ScaledDecimal(2)), Column("moment", UtcDateTime), Column("n", Integer)
)


@pytest.fixture
def address(database_url: str) -> str:
    return database_url.replace("postgresql://", "postgresql+psycopg://")


def kept(address: str, **values: Any) -> tuple[Any, Any, Any]:
    """The row as read back, then the amount as it is stored."""
    engine = create_engine(address)
    try:
        with engine.begin() as connection:
            ROWS.create(connection)
            connection.execute(ROWS.insert().values(**values))
            row = connection.execute(ROWS.select()).one()
            stored = connection.execute(text("select amount from kept")).scalar()
            ROWS.drop(connection)
    finally:
        engine.dispose()
    return row.amount, row.moment, stored


@pytest.mark.parametrize(
    ("value", "read", "stored"),
    [
        (Decimal("0.1"), Decimal("0.10"), 10),
        (Decimal("-1.005"), Decimal("-1.01"), -101),
        (7, Decimal("7.00"), 700),
        (Decimal("92233720368547758.07"), Decimal("92233720368547758.07"), 2**63 - 1),
        (None, None, None),
    ],
)
def test_a_decimal_is_kept_as_a_whole_number(address: str, value: Any, read: Any, stored: Any) -> None:
    assert kept(address, amount=value) == (read, None, stored)


def test_a_decimal_beyond_64_bits_is_refused(address: str) -> None:
    with pytest.raises(StatementError, match=r"92233720368547758\.08 does not fit a number with 2 decimal places"):
        kept(address, amount=Decimal("92233720368547758.08"))


def test_a_moment_is_kept_in_utc(address: str) -> None:
    summer = timezone(timedelta(hours=2))
    read = kept(address, moment=datetime(2026, 7, 1, 12, 0, 0, 5, tzinfo=summer))[1]
    assert (read, read.tzinfo) == (datetime(2026, 7, 1, 10, 0, 0, 5, tzinfo=UTC), UTC)


def test_a_moment_without_a_zone_is_refused(address: str) -> None:
    with pytest.raises(StatementError, match="a moment is stored with its time zone"):
        kept(address, moment=datetime(2026, 7, 1))
