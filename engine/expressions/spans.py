"""Spans of days around today, such as this month; the part of one that lies outside the calendar is cut off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from engine.expressions.days import day_of_month, period_start, shifted
from engine.expressions.workspace_calendar import Calendar

Unit = Literal["week", "month", "quarter", "year"]
Span = tuple[date, date]
"""The first and the last day, both included."""
MONTHS: Mapping[Unit, int] = {"month": 1, "quarter": 3, "year": 12}
NEARBY: Mapping[str, tuple[Unit, int]] = {
    f"{word}_{unit}": (unit, periods)
    for unit in ("week", "month", "quarter", "year")
    for word, periods in (("this", 0), ("last", -1), ("next", 1))
}
"""The name of a span, its unit, and how many of them it lies after the present one."""


@lru_cache(maxsize=16)
def nearby(today: date, calendar: Calendar) -> Mapping[str, date]:
    """The first and the last day of every span of `NEARBY`, as `<name>_first` and `<name>_last`."""
    spans = {name: span(today, calendar, unit, periods) for name, (unit, periods) in NEARBY.items()}
    firsts = {f"{name}_first": first for name, (first, _) in spans.items()}
    return firsts | {f"{name}_last": last for name, (_, last) in spans.items()}


def span(today: date, calendar: Calendar, unit: Unit, periods: int) -> Span:
    """The week, month, quarter or fiscal year that is so many after the present one. A month is one of the calendar."""
    if unit == "week":
        to_first = timedelta(periods * 7 - (today.weekday() - calendar.first_weekday) % 7)
        return _known(shifted(today, to_first), shifted(today, to_first + timedelta(6)))
    year_month, year_day = (1, 1) if unit == "month" else (calendar.year_month, calendar.year_day)
    months = MONTHS[unit]
    number = period_start(today, months, year_month, year_day) + periods * months
    return _known(day_of_month(number, year_day), _before(number + months, year_day))


def _before(number: int, day: int) -> date | None:
    return day_of_month(number - 1, 31) if day == 1 else day_of_month(number, day - 1)


def _known(first: date | None, last: date | None) -> Span:
    """Wholly outside the calendar it is a span that ends before it begins."""
    if first is None and last is None:
        return date.max, date.min
    return first or date.min, last or date.max
