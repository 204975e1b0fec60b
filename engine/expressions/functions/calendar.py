"""The parts of a date and of a moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Numeric, cast, extract

from engine.expressions.days import date_of, local, period_start
from engine.expressions.elements import DayOf, Given, in_calendar
from engine.expressions.function import Element, Example, Function, Parameter, always, said
from engine.expressions.functions.periods import shifted_to_fiscal_year
from engine.expressions.types import DATE, INTEGER, Kind

Part = Literal["year", "month", "day", "week", "isodow"]
_DATE = Parameter("date", (Kind.DATE,))
_MOMENT = Parameter("moment", (Kind.DATETIME,))


def _postgresql(part: Part) -> Callable[[Element], Element]:
    return lambda day: cast(extract(part, day), Numeric)


def _year(day: date | None) -> int | None:
    return None if day is None else day.year


def _month(day: date | None) -> int | None:
    return None if day is None else day.month


def _day(day: date | None) -> int | None:
    return None if day is None else day.day


def _weekday(day: date | None) -> int | None:
    return None if day is None else day.isoweekday()


def _week(day: date | None) -> int | None:
    return None if day is None else day.isocalendar().week


def _quarter(day: date | None, year_month: int, year_day: int) -> int | None:
    return None if day is None else (period_start(day, 3, year_month, year_day) - (year_month - 1)) % 12 // 3 + 1


def _quarter_sql(day: Element, year_month: Element, year_day: Element) -> Element:
    quarter = f"CAST(extract(quarter FROM {shifted_to_fiscal_year('a', 'b', 'c')}) AS NUMERIC)"
    return Given(quarter, Numeric(), day, year_month, year_day)


def _hour(moment: datetime | None, zone: str) -> int | None:
    there = local(moment, zone)
    return None if there is None else there.hour


def _hour_sql(moment: Element, zone: Element) -> Element:
    known = in_calendar("timezone(b, a)")
    return Given(f"CASE WHEN {known} IS NOT NULL THEN extract(hour FROM timezone(b, a)) END", Numeric(), moment, zone)


def _part(
    name: str, meaning: Callable[[date | None], int | None], part: Part, en: str, zh: str, value: int
) -> Function:
    return Function(
        name=name,
        doc=said(en, zh),
        parameters=(_DATE,),
        result=always(INTEGER),
        meaning=meaning,
        postgresql=_postgresql(part),
        examples=(Example(f"{name}(today())", value), Example(f"{name}(null)", None)),
    )


FUNCTIONS = (
    _part("year", _year, "year", "The year of a date.", "日期的年份。", 2024),
    _part("month", _month, "month", "The month of a date, 1 to 12.", "日期的月份，1 到 12。", 2),
    _part("day", _day, "day", "The day of the month of a date, 1 to 31.", "日期在当月的第几天，1 到 31。", 29),
    _part(
        "weekday",
        _weekday,
        "isodow",
        "The day of the week of a date: 1 is Monday, 7 is Sunday.",
        "日期是星期几：1 为星期一，7 为星期日。",
        4,
    ),
    _part(
        "week",
        _week,
        "week",
        "The number of the week of a date, 1 to 53, as ISO 8601 counts: weeks begin on Monday, "
        "and the first one holds 4 January.",
        "日期所在的周数，1 到 53，按 ISO 8601 计算：每周从星期一开始，包含 1 月 4 日的一周为第一周。",
        9,
    ),
    Function(
        name="quarter",
        doc=said(
            "The quarter of a date, 1 to 4, in the workspace's fiscal year.",
            "日期所在的季度，1 到 4，按工作区的财年计算。",
        ),
        parameters=(_DATE,),
        result=always(INTEGER),
        meaning=_quarter,
        postgresql=_quarter_sql,
        reads=("year_month", "year_day"),
        examples=(Example("quarter(today())", 1), Example("quarter(date(2024, 12, 31))", 4)),
    ),
    Function(
        name="date_of",
        doc=said("The day of a moment by the clocks of the workspace's time zone.", "某一时刻在工作区时区的日期。"),
        parameters=(_MOMENT,),
        result=always(DATE),
        meaning=date_of,
        postgresql=DayOf,
        sqlite=DayOf,
        reads=("zone",),
        examples=(Example("date_of(now())", date(2024, 2, 29)), Example("date_of(null)", None)),
    ),
    Function(
        name="hour",
        doc=said(
            "The hour of a moment, 0 to 23, by the clocks of the workspace's time zone.",
            "某一时刻在工作区时区的小时，0 到 23。",
        ),
        parameters=(_MOMENT,),
        result=always(INTEGER),
        meaning=_hour,
        postgresql=_hour_sql,
        reads=("zone",),
        examples=(Example("hour(now())", 10),),
    ),
)
