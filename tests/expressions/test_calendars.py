"""Time zones at the switch of their clocks, fiscal years and weeks: one answer on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from engine.expressions.moment import Moment
from engine.expressions.spans import NEARBY
from engine.expressions.workspace_calendar import Calendar, calendar_of
from tests.expressions.world import MOMENT, Sql, in_python, opened, postgresql, same, sqlite, understood

ONE_DAY = timedelta(1)
SWITCHES: list[tuple[str, datetime, date, int]] = [
    ("Europe/Berlin", datetime(2024, 3, 31, 0, 59, 59, 999_999), date(2024, 3, 31), 1),
    ("Europe/Berlin", datetime(2024, 3, 31, 1, 0), date(2024, 3, 31), 3),
    ("Europe/Berlin", datetime(2024, 10, 27, 0, 30), date(2024, 10, 27), 2),
    ("Europe/Berlin", datetime(2024, 10, 27, 1, 30), date(2024, 10, 27), 2),
    ("Europe/Berlin", datetime(2024, 6, 30, 22, 0), date(2024, 7, 1), 0),
    ("Europe/Berlin", datetime(2050, 6, 30, 22, 0), date(2050, 7, 1), 0),
    ("Asia/Shanghai", datetime(2024, 2, 29, 15, 59, 59), date(2024, 2, 29), 23),
    ("Asia/Shanghai", datetime(2024, 2, 29, 16, 0), date(2024, 3, 1), 0),
    ("Asia/Shanghai", datetime(1986, 5, 3, 17, 59), date(1986, 5, 4), 1),
    ("Asia/Shanghai", datetime(1986, 5, 3, 18, 0), date(1986, 5, 4), 3),
    ("America/Sao_Paulo", datetime(2018, 11, 4, 2, 59), date(2018, 11, 3), 23),
    ("America/Sao_Paulo", datetime(2018, 11, 4, 3, 0), date(2018, 11, 4), 1),
    ("America/Sao_Paulo", datetime(2019, 2, 17, 1, 30), date(2019, 2, 16), 23),
    ("America/Sao_Paulo", datetime(2019, 2, 17, 2, 30), date(2019, 2, 16), 23),
    ("America/Sao_Paulo", datetime(2019, 2, 17, 3, 0), date(2019, 2, 17), 0),
    ("Pacific/Apia", datetime(2011, 12, 30, 9, 59), date(2011, 12, 29), 23),
    ("Pacific/Apia", datetime(2011, 12, 30, 10, 0), date(2011, 12, 31), 0),
    ("Asia/Kathmandu", datetime(2024, 1, 1, 18, 14, 59), date(2024, 1, 1), 23),
    ("Australia/Lord_Howe", datetime(2024, 4, 6, 15, 15), date(2024, 4, 7), 1),
]
PERIODS: list[tuple[str, str, str, date, Any]] = [
    ("start_of_year(close_date)", "monday", "04-01", date(2024, 3, 31), date(2023, 4, 1)),
    ("end_of_year(close_date)", "monday", "04-01", date(2024, 4, 1), date(2025, 3, 31)),
    ("start_of_year(close_date)", "monday", "04-06", date(2024, 4, 5), date(2023, 4, 6)),
    ("end_of_quarter(close_date)", "monday", "04-06", date(2024, 4, 6), date(2024, 7, 5)),
    ("quarter(close_date)", "monday", "04-06", date(2024, 4, 5), 4),
    ("quarter(close_date)", "monday", "07-01", date(2024, 7, 1), 1),
    ("start_of_quarter(close_date)", "monday", "11-30", date(2024, 3, 1), date(2024, 2, 28)),
    ("start_of_year(close_date)", "monday", "04-01", date(1, 3, 31), None),
    ("end_of_year(close_date)", "monday", "04-01", date.max, None),
    ("end_of_year(close_date)", "monday", "01-01", date.max, date.max),
    ("start_of_week(close_date)", "sunday", "01-01", date(2024, 2, 29), date(2024, 2, 25)),
    ("start_of_week(close_date)", "saturday", "01-01", date(2024, 3, 1), date(2024, 2, 24)),
    ("end_of_week(close_date)", "sunday", "01-01", date(2024, 3, 2), date(2024, 3, 2)),
    ("start_of_week(close_date)", "sunday", "01-01", date.min, None),
    ("end_of_week(close_date)", "monday", "01-01", date.max, None),
]


SPANS: list[tuple[str, str, str, date, date]] = [
    ("this_week", "monday", "01-01", date(2024, 2, 26), date(2024, 3, 3)),
    ("last_week", "sunday", "01-01", date(2024, 2, 18), date(2024, 2, 24)),
    ("next_week", "saturday", "01-01", date(2024, 3, 2), date(2024, 3, 8)),
    ("this_month", "monday", "04-06", date(2024, 2, 1), date(2024, 2, 29)),
    ("last_month", "monday", "01-01", date(2024, 1, 1), date(2024, 1, 31)),
    ("next_month", "monday", "01-01", date(2024, 3, 1), date(2024, 3, 31)),
    ("this_quarter", "monday", "01-01", date(2024, 1, 1), date(2024, 3, 31)),
    ("last_quarter", "monday", "02-01", date(2023, 11, 1), date(2024, 1, 31)),
    ("next_quarter", "monday", "04-06", date(2024, 4, 6), date(2024, 7, 5)),
    ("this_year", "monday", "04-01", date(2023, 4, 1), date(2024, 3, 31)),
    ("last_year", "monday", "01-01", date(2023, 1, 1), date(2023, 12, 31)),
    ("next_year", "monday", "02-29", date(2025, 2, 28), date(2026, 2, 27)),
]


@pytest.fixture(scope="module")
def engines() -> Iterator[list[Sql]]:
    with opened(sqlite()) as one, opened(postgresql()) as other:
        yield [one, other]


def answers(engines: list[Sql], text: str, row: dict[str, Any], calendar: Calendar) -> list[Any]:
    """The answer on a record, then whether each database gives the same."""
    moment, expression = (
        Moment(datetime(2024, 2, 29, 10, 30, tzinfo=UTC), date(2024, 2, 29), 7, calendar),
        understood(text),
    )
    found = in_python(expression, row, moment)
    for deals in engines:
        deals.fill([row])
    return [found, *(same(expression.type.kind, deals.answers(expression, moment)[0], found) for deals in engines)]


@pytest.mark.parametrize(("zone", "moment", "day", "hour"), SWITCHES)
def test_a_moment_has_the_day_and_hour_of_the_workspace(
    zone: str, moment: datetime, day: date, hour: int, engines: list[Sql]
) -> None:
    row, calendar = {"seen_at": moment.replace(tzinfo=UTC)}, Calendar(zone)
    found = [answers(engines, text, row, calendar) for text in ("date_of(seen_at)", "hour(seen_at)")]
    assert found == [[day, True, True], [hour, True, True]]


@pytest.mark.parametrize(("text", "week", "year", "day", "answer"), PERIODS)
def test_periods_follow_the_settings(
    text: str, week: str, year: str, day: date, answer: Any, engines: list[Sql]
) -> None:
    assert answers(engines, text, {"close_date": day}, calendar_of("UTC", week, year)) == [answer, True, True]


@pytest.mark.parametrize(("span", "week", "year", "first", "last"), SPANS)
def test_a_span_has_its_first_and_last_day(
    span: str, week: str, year: str, first: date, last: date, engines: list[Sql]
) -> None:
    calendar, around = calendar_of("UTC", week, year), (first - ONE_DAY, first, last, last + ONE_DAY)
    found = [answers(engines, f"close_date in {span}()", {"close_date": day}, calendar) for day in around]
    assert found == [[False, True, True], [True, True, True], [True, True, True], [False, True, True]]


@pytest.mark.parametrize(
    ("text", "moment", "answer"),
    [
        ("seen_at in this_month()", datetime(2024, 1, 31, 16, 0), True),
        ("seen_at in this_month()", datetime(2024, 1, 31, 15, 59, 59), False),
        ("seen_at in last_days(0)", datetime(2024, 2, 29, 15, 59, 59), True),
        ("seen_at in last_days(0)", datetime(2024, 2, 29, 16, 0), False),
        ("seen_at not in next_days(3660)", datetime(2034, 3, 8, 15, 59), False),
    ],
)
def test_a_moment_is_in_a_span_by_its_day_in_the_workspace(
    text: str, moment: datetime, answer: bool, engines: list[Sql]
) -> None:
    row = {"seen_at": moment.replace(tzinfo=UTC)}
    assert answers(engines, text, row, Calendar("Asia/Shanghai")) == [answer, True, True]


@pytest.mark.parametrize("today", [date.min, date(1, 2, 3), date(9999, 12, 1), date.max])
@pytest.mark.parametrize("span", [*NEARBY, "last_days", "next_days"])
def test_a_span_at_the_edge_of_the_calendar_ends_there(today: date, span: str, engines: list[Sql]) -> None:
    text = f"close_date in {span}({3660 if span.endswith('days') else ''})"
    moment = Moment(MOMENT.now, today, 7, calendar_of("UTC", "sunday", "04-06"))
    rows, expression = [{"close_date": day} for day in (*DATES, None)], understood(text)
    expected = [in_python(expression, row, moment) for row in rows]
    for deals in engines:
        deals.fill(rows)
    assert [deals.answers(expression, moment) for deals in engines] == [expected, expected]


DATES = (
    *(
        date.min,
        date(1, 1, 7),
        date(1, 2, 1),
        date(1900, 2, 28),
        date(2000, 2, 29),
        date(2023, 1, 31),
        date(2023, 2, 28),
    ),
    *(date(2024, 1, 30), date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 2), date(2024, 3, 3), date(2024, 12, 31)),
    *(date(9999, 2, 28), date(9999, 12, 1), date.max),
)
NUMBERS = (-(2**63) + 1, -120_000, -13, -5, -1, 0, 1, 2, 11, 120_000, 2**63 - 1)
MOVES = ("add_months({}, {})", "add_years({}, {})", "add_days({}, {})", "add_working_days({}, {})")
DISTANCES = ("months_between", "years_between", "days_between", "working_days_between")


@pytest.mark.parametrize("move", MOVES)
def test_a_date_moves_alike_on_every_engine(move: str, engines: list[Sql]) -> None:
    rows = [{"close_date": day, "count": number} for day in (*DATES, None) for number in (*NUMBERS, None)]
    expression = understood(move.format("close_date", "count"))
    expected = [in_python(expression, row) for row in rows]
    for deals in engines:
        deals.fill(rows)
    assert [deals.answers(expression) for deals in engines] == [expected, expected]


@pytest.mark.parametrize("distance", DISTANCES)
def test_two_dates_are_as_far_apart_on_every_engine(distance: str, engines: list[Sql]) -> None:
    rows = [{"close_date": one, "start_date": other} for one in (*DATES, None) for other in (*DATES, None)]
    expression = understood(f"{distance}(close_date, start_date)")
    expected = [in_python(expression, row) for row in rows]
    for deals in engines:
        deals.fill(rows)
    assert [deals.answers(expression) for deals in engines] == [expected, expected]


@pytest.mark.parametrize("day", DATES[2:-3])
@pytest.mark.parametrize("days", [-11, -5, -1, 0, 1, 4, 5, 6, 23])
def test_working_days_there_are_the_working_days_back(day: date, days: int) -> None:
    row = {"close_date": day, "count": days}
    assert in_python(understood("working_days_between(close_date, add_working_days(close_date, count))"), row) == days
