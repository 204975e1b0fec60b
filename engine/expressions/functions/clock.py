"""Today, now, and how long ago something was."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import func

from engine.expressions.elements import DaysBetween
from engine.expressions.function import Element, Example, Function, Parameter, always, said
from engine.expressions.types import DATE, DATETIME, INTEGER, Kind


def _same_day(today: date) -> date:
    return today


def _same_moment(now: datetime) -> datetime:
    return now


def _days_since(day: date | None, today: date) -> int | None:
    return None if day is None else (today - day).days


def _as_bound(value: Element) -> Element:
    return value


FUNCTIONS = (
    Function(
        name="today",
        doc=said("The present day in the workspace's time zone.", "工作区时区的当天日期。"),
        parameters=(),
        result=always(DATE),
        meaning=_same_day,
        postgresql=_as_bound,
        sqlite=_as_bound,
        reads=("today",),
        examples=(Example("today()", date(2024, 2, 29)), Example("today() + 1", date(2024, 3, 1))),
    ),
    Function(
        name="now",
        doc=said("The present moment.", "当前时刻。"),
        parameters=(),
        result=always(DATETIME),
        meaning=_same_moment,
        postgresql=_as_bound,
        sqlite=_as_bound,
        reads=("now",),
        examples=(Example("now()", datetime(2024, 2, 29, 10, 30, tzinfo=UTC)), Example("now() == now()", True)),
    ),
    Function(
        name="days_since",
        doc=said(
            "The days from a date to today; negative for a date to come.",
            "从某日期到今天的天数；未来日期为负数。",
        ),
        parameters=(Parameter("date", (Kind.DATE,)),),
        result=always(INTEGER),
        meaning=_days_since,
        postgresql=lambda day, today: DaysBetween(today, day),
        sqlite=lambda day, today: func.crm_days_between(today, day),
        reads=("today",),
        examples=(Example("days_since(today() - 7)", 7), Example("days_since(null)", None)),
    ),
)
