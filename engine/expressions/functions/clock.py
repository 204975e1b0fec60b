"""Today, now, and how long ago a day was."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, DateTime, bindparam, func

from engine.expressions.elements import DaysBetween
from engine.expressions.function import Element, Example, Function, Moment, Parameter, always
from engine.expressions.types import DATE, DATETIME, INTEGER, Kind
from engine.locale.text import Text


def _today(moment: Moment) -> date:
    return moment.today


def _now(moment: Moment) -> datetime:
    return moment.now


def _days_since(moment: Moment, day: date | None) -> int | None:
    return None if day is None else (moment.today - day).days


def bound_today() -> Element:
    return bindparam("today", type_=Date())


def bound_now() -> Element:
    """Bound as a moment in UTC: SQLite keeps no zone."""
    return bindparam("now", type_=DateTime(timezone=True))


FUNCTIONS = (
    Function(
        name="today",
        doc=Text((("en", "The present day in the workspace's time zone."), ("zh-CN", "工作区时区的当天日期。"))),
        parameters=(),
        result=always(DATE),
        meaning=_today,
        postgresql=bound_today,
        sqlite=bound_today,
        clocked=True,
        examples=(Example("today()", date(2024, 2, 29)), Example("today() + 1", date(2024, 3, 1))),
    ),
    Function(
        name="now",
        doc=Text((("en", "The present moment."), ("zh-CN", "当前时刻。"))),
        parameters=(),
        result=always(DATETIME),
        meaning=_now,
        postgresql=bound_now,
        sqlite=bound_now,
        clocked=True,
        examples=(Example("now() == now()", True),),
    ),
    Function(
        name="days_since",
        doc=Text(
            (
                ("en", "The days from a date to today; negative for a date to come."),
                ("zh-CN", "从某日期到今天的天数；未来日期为负数。"),
            )
        ),
        parameters=(Parameter("date", (Kind.DATE,)),),
        result=always(INTEGER),
        meaning=_days_since,
        postgresql=lambda day: DaysBetween(bound_today(), day),
        sqlite=lambda day: func.crm_days_between(bound_today(), day),
        clocked=True,
        examples=(Example("days_since(today() - 7)", 7), Example("days_since(null)", None)),
    ),
)
