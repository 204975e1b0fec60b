"""Spans of days: what stands to the right of `in`, as in `close_date in this_month()`. A moment is in a span when its
day in the workspace's time zone is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Boolean, Column, Date, DateTime, Text as SqlText, and_, func, literal, type_coerce

from engine.expressions.days import shifted
from engine.expressions.elements import DayOf, Given, ShiftedDay
from engine.expressions.function import Element, Example, Function, Parameter, always, said
from engine.expressions.types import BOOLEAN, Kind

_DATE = Parameter("date", (Kind.DATE,))
MOST_DAYS = 3_660
_DAYS = Parameter("days", (Kind.NUMBER,), literal_up_to=MOST_DAYS)
_MARGIN = 2
"""Days by which the clocks of two time zones can differ, generously."""


def _is_in(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def _in_last_days(day: date | None, days: int | Decimal, today: date) -> bool:
    return _is_in(day, shifted(today, -timedelta(int(days))) or date.min, today)


def _in_next_days(day: date | None, days: int | Decimal, today: date) -> bool:
    return _is_in(day, today, shifted(today, timedelta(int(days))) or date.max)


def _within(edge: Callable[[Element, int], Element]) -> Callable[[Element, Element, Element], Element]:
    """Two-valued, and on a stored column such that an index can answer it. `edge` is a day moved by days, as what
    stored moments compare with."""

    def condition(day: Element, first: Element, last: Element) -> Element:
        if isinstance(day, Column):
            return and_(day.is_not(None), day >= first, day <= last)
        inside = func.coalesce(day.between(first, last), False, type_=Boolean())
        if not isinstance(day, DayOf) or not isinstance(day.moment, Column):
            return inside
        stored = type_coerce(day.moment, SqlText() if edge is _sqlite_edge else DateTime(timezone=True))
        return and_(stored.is_not(None), stored >= edge(first, -_MARGIN), stored < edge(last, _MARGIN), inside)

    return condition


def _sqlite_edge(day: Element, days: int) -> Element:
    outside = literal("9999-12-32" if days > 0 else "0000", SqlText())
    return func.coalesce(func.date(day, literal(f"{days:+} days", SqlText())), outside, type_=SqlText())


def _postgresql_edge(day: Element, days: int) -> Element:
    moved = f"timezone('UTC', CAST(a AS TIMESTAMP) + INTERVAL '{days} days')"
    return Given(moved, DateTime(timezone=True), day)


on_sqlite, on_postgresql = _within(_sqlite_edge), _within(_postgresql_edge)


def _shifted_on_sqlite(today: Element, days: Element, back: bool) -> Element:
    by = func.crm_negate(days) if back else days
    return type_coerce(func.coalesce(func.crm_add_days(today, by), "0001-01-01" if back else "9999-12-31"), Date())


def _shifted_on_postgresql(today: Element, days: Element, back: bool) -> Element:
    edge = literal(date.min if back else date.max, Date())
    return func.coalesce(ShiftedDay(today, -days if back else days), edge, type_=Date())


def _nearby(name: str, en: str, zh: str, *examples: Example) -> Function:
    return Function(
        name=name,
        doc=said(en, zh),
        parameters=(_DATE,),
        result=always(BOOLEAN),
        meaning=_is_in,
        postgresql=on_postgresql,
        sqlite=on_sqlite,
        reads=(f"{name}_first", f"{name}_last"),
        examples=examples,
        never_null=True,
        spans=True,
    )


def _days(name: str, en: str, zh: str, back: bool, *examples: Example) -> Function:
    def sqlite(day: Element, days: Element, today: Element) -> Element:
        other = _shifted_on_sqlite(today, days, back)
        return on_sqlite(day, other, today) if back else on_sqlite(day, today, other)

    def postgresql(day: Element, days: Element, today: Element) -> Element:
        other = _shifted_on_postgresql(today, days, back)
        return on_postgresql(day, other, today) if back else on_postgresql(day, today, other)

    return Function(
        name=name,
        doc=said(en, zh),
        parameters=(_DATE, _DAYS),
        result=always(BOOLEAN),
        meaning=_in_last_days if back else _in_next_days,
        postgresql=postgresql,
        sqlite=sqlite,
        reads=("today",),
        examples=examples,
        never_null=True,
        spans=True,
    )


_FISCAL, _FISCAL_ZH = " of the workspace's fiscal year", "（按工作区的财年）"
FUNCTIONS = (
    _nearby(
        "this_week",
        "The week of today; the workspace's settings say on which day it begins.",
        "本周；从哪天开始由工作区设置决定。",
        Example("today() in this_week()", True),
        Example("date(2024, 3, 4) in this_week()", False),
    ),
    _nearby("last_week", "The week before.", "上周。", Example("date(2024, 2, 25) in last_week()", True)),
    _nearby("next_week", "The week after.", "下周。", Example("date(2024, 3, 4) in next_week()", True)),
    _nearby(
        "this_month",
        "The month of today. Moments can be asked too: their day in the workspace's time zone counts.",
        "本月。也可用于时刻：按其在工作区时区的日期判断。",
        Example("date(2024, 2, 1) in this_month()", True),
        Example("now() not in this_month()", False),
    ),
    _nearby("last_month", "The month before.", "上个月。", Example("date(2024, 1, 31) in last_month()", True)),
    _nearby("next_month", "The month after.", "下个月。", Example("null in next_month()", False)),
    _nearby(
        "this_quarter",
        f"The quarter of today{_FISCAL}.",
        f"本季度{_FISCAL_ZH}。",
        Example("date(2024, 3, 31) in this_quarter()", True),
    ),
    _nearby(
        "last_quarter",
        f"The quarter before{_FISCAL}.",
        f"上季度{_FISCAL_ZH}。",
        Example("date(2023, 10, 1) in last_quarter()", True),
    ),
    _nearby(
        "next_quarter",
        f"The quarter after{_FISCAL}.",
        f"下季度{_FISCAL_ZH}。",
        Example("date(2024, 4, 1) in next_quarter()", True),
    ),
    _nearby(
        "this_year",
        "The workspace's fiscal year that today is in; the year of the calendar when the settings name none.",
        "今天所在的财年；工作区未设置时为自然年。",
        Example("date(2024, 12, 31) in this_year()", True),
    ),
    _nearby("last_year", "The fiscal year before.", "上一财年。", Example("date(2023, 1, 1) in last_year()", True)),
    _nearby("next_year", "The fiscal year after.", "下一财年。", Example("today() in next_year()", False)),
    _days(
        "last_days",
        "Today and so many days before it.",
        "今天及之前的若干天。",
        True,
        Example("today() - 30 in last_days(30)", True),
        Example("today() + 1 in last_days(30)", False),
    ),
    _days(
        "next_days",
        "Today and so many days after it.",
        "今天及之后的若干天。",
        False,
        Example("today() + 7 in next_days(7)", True),
    ),
)
