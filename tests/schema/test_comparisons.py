"""Each comparison against rows, the values of which include an empty one, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    MetaData,
    Table,
    create_engine,
    insert,
    make_url,
    select,
)

from engine.locale.text import LANGUAGES
from engine.schema.columns import ScaledDecimal, UtcDateTime, Words
from engine.schema.comparisons import COMPARISONS, Context
from engine.schema.day_range import DayRange, DaySpan
from engine.schema.sorting import plain_text

# A Friday; in Shanghai it is already Saturday the 21st at 04:00.
NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)
CONTEXT = Context(today=date(2026, 11, 21), now=NOW, me=7, week_start="monday", time_zone="Asia/Shanghai")
DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
ROWS = Table(
    "rows",
    MetaData(),
    Column("id", BigInteger, primary_key=True),
    Column("text", plain_text()),
    Column("amount", ScaledDecimal(2)),
    Column("user", BigInteger),
    Column("done", Boolean),
    Column("day", Date),
    Column("moment", UtcDateTime),
    Column("words", Words()),
    Column("span", DaySpan),
)


def shanghai(day: int, hour: int, minute: int = 0) -> datetime:
    """A local time in November 2026."""
    return datetime.fromisoformat(f"2026-11-{day:02}T{hour:02}:{minute:02}+08:00").astimezone(UTC)


COLUMNS: dict[str, list[Any]] = {
    "text": ["Ann 50%", "ann_lee", "张伟", None],
    "amount": [Decimal("1.50"), Decimal("10.00"), Decimal("100.00"), None],
    "user": [7, 8, 9, None],
    "done": [True, False, True, None],
    "day": [date(2026, 11, 15), date(2026, 11, 21), date(2026, 12, 31), None],
    "words": [("hot", "New_1"), ("new1",), ("热门", "hot%"), None],
    "span": [
        DayRange(date(2026, 11, 1), date(2026, 11, 21)),
        DayRange(None, date(2026, 11, 20)),
        DayRange(date(2026, 11, 22), None),
        None,
    ],
    "moment": [shanghai(15, 23, 59), shanghai(21, 0), shanghai(21, 23, 59), None],
}


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    engine = create_engine(make_url(database_url).set(drivername=DRIVERS[make_url(database_url).get_backend_name()]))
    with engine.connect() as connection:
        ROWS.create(connection)
        values = zip(*COLUMNS.values(), strict=True)
        connection.execute(
            insert(ROWS), [{"id": n, **dict(zip(COLUMNS, row, strict=True))} for n, row in enumerate(values, 1)]
        )
        yield connection
    engine.dispose()


@pytest.mark.parametrize(
    ("column", "comparison", "values", "ids"),
    [
        ("text", "contains", ("NN",), [1, 2]),
        ("text", "contains", ("50%",), [1]),
        ("text", "contains", ("n_l",), [2]),
        ("text", "contains", ("伟",), [3]),
        ("text", "starts_with", ("ANN",), [1, 2]),
        ("text", "starts_with", ("%",), []),
        ("text", "is", ("张伟",), [3]),
        ("text", "is_not", ("张伟",), [1, 2, 4]),
        ("text", "any_of", ("张伟", "ann_lee"), [2, 3]),
        ("text", "any_of", (), []),
        ("text", "none_of", ("张伟", "ann_lee"), [1, 4]),
        ("text", "none_of", (), [1, 2, 3, 4]),
        ("text", "empty", (), [4]),
        ("words", "any_of", (("hot", "热门"), ("none",)), [1, 3]),
        ("words", "any_of", (("NEW_1",),), [1]),
        ("words", "any_of", (("热",),), []),
        ("words", "any_of", (), []),
        ("words", "all_of", (("hot",), ("new_1",)), [1]),
        ("words", "all_of", (("热门", "hot%"),), [3]),
        ("words", "none_of", (("hot", "热门"),), [2, 4]),
        ("words", "none_of", (), [1, 2, 3, 4]),
        ("words", "empty", (), [4]),
        ("span", "overlaps", (DayRange(date(2026, 11, 21), date(2026, 11, 22)),), [1, 3]),
        ("span", "overlaps", (DayRange(None, date(2026, 10, 31)),), [2]),
        ("span", "overlaps", (DayRange(date(2030, 1, 1), None),), [3]),
        ("span", "ongoing", (), [1]),
        ("span", "ended", (), [2]),
        ("span", "upcoming", (), [3]),
        ("span", "not_empty", (), [1, 2, 3]),
        ("text", "not_empty", (), [1, 2, 3]),
        ("amount", "is", (Decimal("1.5"),), [1]),
        ("amount", "at_least", (Decimal(10),), [2, 3]),
        ("amount", "at_most", (Decimal(10),), [1, 2]),
        ("amount", "between", (Decimal("1.5"), Decimal(10)), [1, 2]),
        ("user", "is_me", (), [1]),
        ("user", "none_of", (7,), [2, 3, 4]),
        ("done", "is_true", (), [1, 3]),
        ("done", "is_false", (), [2, 4]),
        ("day", "is", (date(2026, 11, 21),), [2]),
        ("day", "before", (date(2026, 11, 21),), [1]),
        ("day", "after", (date(2026, 11, 21),), [3]),
        ("day", "between", (date(2026, 11, 15), date(2026, 11, 21)), [1, 2]),
        ("day", "overdue", (), [1]),
        ("day", "within_next", (39,), [2]),
        ("day", "within_next", (40,), [2, 3]),
        ("day", "within_last", (6,), [1, 2]),
        ("day", "within_last", (5,), [2]),
        ("day", "this_week", (), [2]),
        ("day", "this_month", (), [1, 2]),
        ("day", "this_quarter", (), [1, 2, 3]),
        ("day", "within_next_weeks", (5,), [2]),
        ("day", "within_next_weeks", (6,), [2, 3]),
        ("day", "within_next_months", (1,), [2]),
        ("day", "within_next_months", (2,), [2, 3]),
        ("day", "within_last_weeks", (1,), [1, 2]),
        ("day", "within_last_weeks", (0,), [2]),
        ("day", "within_last_months", (1,), [1, 2]),
        ("day", "last_week", (), [1]),
        ("day", "next_week", (), []),
        ("day", "last_month", (), []),
        ("day", "next_month", (), [3]),
        ("day", "last_quarter", (), []),
        ("day", "this_year", (), [1, 2, 3]),
        ("day", "next_year", (), []),
        ("moment", "last_week", (), [1]),
        ("moment", "this_year", (), [1, 2, 3]),
        ("moment", "within_last_months", (1,), [1, 2, 3]),
        ("moment", "before", (shanghai(21, 0),), [1]),
        ("moment", "after", (shanghai(21, 0),), []),
        ("moment", "after", (shanghai(21, 0, 1),), [3]),
        ("moment", "after", (shanghai(20, 0),), [2, 3]),
        ("moment", "between", (shanghai(15, 0), shanghai(15, 0)), [1]),
        ("moment", "between", (shanghai(20, 0), shanghai(21, 1)), [2]),
        ("moment", "overdue", (), [1, 2]),
        ("moment", "within_last", (0,), [2, 3]),
        ("moment", "this_week", (), [2, 3]),
        ("moment", "this_month", (), [1, 2, 3]),
    ],
)
def test_a_comparison_finds_its_rows(
    connection: Connection, column: str, comparison: str, values: tuple[object, ...], ids: list[int]
) -> None:
    condition = COMPARISONS[comparison].build(ROWS.c[column], values, CONTEXT)
    assert list(connection.scalars(select(ROWS.c.id).where(condition).order_by(ROWS.c.id))) == ids


def test_a_week_starts_where_the_workspace_says(connection: Connection) -> None:
    sunday = Context(CONTEXT.today, NOW, me=None, week_start="sunday")
    condition = COMPARISONS["this_week"].build(ROWS.c.day, (), sunday)
    assert list(connection.scalars(select(ROWS.c.id).where(condition).order_by(ROWS.c.id))) == [1, 2]


@pytest.mark.parametrize(
    ("comparison", "starts", "ids"),
    [
        ("this_year", "11-22", [1, 2]),
        ("this_year", "12-31", [1, 2]),
        ("next_year", "12-31", [3]),
        ("next_quarter", "11-22", [3]),
    ],
)
def test_quarters_and_years_are_those_of_the_fiscal_year(
    connection: Connection, comparison: str, starts: str, ids: list[int]
) -> None:
    fiscal = Context(CONTEXT.today, NOW, me=None, fiscal_year_start=starts)
    condition = COMPARISONS[comparison].build(ROWS.c.day, (), fiscal)
    assert list(connection.scalars(select(ROWS.c.id).where(condition).order_by(ROWS.c.id))) == ids


def test_nobody_is_me_without_a_person(connection: Connection) -> None:
    condition = COMPARISONS["is_me"].build(ROWS.c.user, (), Context(CONTEXT.today, NOW, me=None))
    assert list(connection.scalars(select(ROWS.c.id).where(condition))) == []


def test_every_comparison_is_named_in_both_languages() -> None:
    unnamed = [name for name, comparison in COMPARISONS.items() if comparison.label.missing(LANGUAGES)]
    assert unnamed == []
