"""The first and the last day of the week, month, quarter and year a date is in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import Date

from engine.expressions.days import end_of_period, end_of_week, start_of_period, start_of_week
from engine.expressions.elements import Given, in_calendar
from engine.expressions.function import Element, Example, Function, Parameter, always, said
from engine.expressions.types import DATE, Kind

_DATE = (Parameter("date", (Kind.DATE,)),)
_FISCAL = " of the workspace's fiscal year"
_FISCAL_ZH = "（按工作区的财年）"


def shifted_to_fiscal_year(day: str, month: str, first: str) -> str:
    """A formula: the day moved so that the fiscal year, which begins on `first` of `month`, begins in January."""
    return f"(CAST({day} - ({first} - 1) AS TIMESTAMP) - make_interval(months => {month} - 1))"


def _meaning(
    of_period: Callable[[date | None, int, int, int], date | None], months: int
) -> Callable[[date | None, int, int], date | None]:
    return lambda day, year_month, year_day: of_period(day, months, year_month, year_day)


def _fiscal(word: str, months: int) -> Callable[[Element, Element, Element], Element]:
    """Begins `months` after the period that the day is in; with 0 months that one, else the day before."""
    start = f"date_trunc('{word}', {shifted_to_fiscal_year('a', 'b', 'c')}) + make_interval(months => b - 1 + {months})"
    days = "c - 2" if months else "c - 1"
    formula = in_calendar(f"{start} + make_interval(days => {days})")
    return lambda day, year_month, year_day: Given(formula, Date(), day, year_month, year_day)


def _month(of_period: Callable[[date | None, int, int, int], date | None]) -> Callable[[date | None], date | None]:
    return lambda day: of_period(day, 1, 1, 1)


def _month_sql(end: str = "") -> Callable[[Element], Element]:
    return lambda day: Given(f"CAST(date_trunc('month', CAST(a AS TIMESTAMP)){end} AS DATE)", Date(), day)


def _week_sql(end: str = "") -> Callable[[Element, Element], Element]:
    formula = in_calendar(f"date_trunc('week', CAST(a - b AS TIMESTAMP)) + make_interval(days => b{end})")
    return lambda day, first_weekday: Given(formula, Date(), day, first_weekday)


FUNCTIONS = (
    Function(
        name="start_of_week",
        doc=said(
            "The first day of the week of a date; the workspace's settings say on which day a week begins.",
            "日期所在周的第一天；一周从哪天开始由工作区设置决定。",
        ),
        parameters=_DATE,
        result=always(DATE),
        meaning=start_of_week,
        postgresql=_week_sql(),
        reads=("first_weekday",),
        examples=(Example("start_of_week(today())", date(2024, 2, 26)),),
    ),
    Function(
        name="end_of_week",
        doc=said("The last day of the week of a date.", "日期所在周的最后一天。"),
        parameters=_DATE,
        result=always(DATE),
        meaning=end_of_week,
        postgresql=_week_sql(" + 6"),
        reads=("first_weekday",),
        examples=(Example("end_of_week(today())", date(2024, 3, 3)),),
    ),
    Function(
        name="start_of_month",
        doc=said("The first day of the month of a date.", "日期所在月份的第一天。"),
        parameters=_DATE,
        result=always(DATE),
        meaning=_month(start_of_period),
        postgresql=_month_sql(),
        examples=(Example("start_of_month(today())", date(2024, 2, 1)),),
    ),
    Function(
        name="end_of_month",
        doc=said("The last day of the month of a date.", "日期所在月份的最后一天。"),
        parameters=_DATE,
        result=always(DATE),
        meaning=_month(end_of_period),
        postgresql=_month_sql(" + INTERVAL '1 month - 1 day'"),
        examples=(Example("end_of_month(date(2023, 2, 1))", date(2023, 2, 28)),),
    ),
    Function(
        name="start_of_quarter",
        doc=said(f"The first day of the quarter of a date{_FISCAL}.", f"日期所在季度的第一天{_FISCAL_ZH}。"),
        parameters=_DATE,
        result=always(DATE),
        meaning=_meaning(start_of_period, 3),
        postgresql=_fiscal("quarter", 0),
        reads=("year_month", "year_day"),
        examples=(Example("start_of_quarter(today())", date(2024, 1, 1)),),
    ),
    Function(
        name="end_of_quarter",
        doc=said(f"The last day of the quarter of a date{_FISCAL}.", f"日期所在季度的最后一天{_FISCAL_ZH}。"),
        parameters=_DATE,
        result=always(DATE),
        meaning=_meaning(end_of_period, 3),
        postgresql=_fiscal("quarter", 3),
        reads=("year_month", "year_day"),
        examples=(Example("end_of_quarter(today())", date(2024, 3, 31)),),
    ),
    Function(
        name="start_of_year",
        doc=said(
            "The first day of the workspace's fiscal year that a date is in; 1 January when the settings name none.",
            "日期所在财年的第一天；工作区未设置时为 1 月 1 日。",
        ),
        parameters=_DATE,
        result=always(DATE),
        meaning=_meaning(start_of_period, 12),
        postgresql=_fiscal("year", 0),
        reads=("year_month", "year_day"),
        examples=(Example("start_of_year(today())", date(2024, 1, 1)),),
    ),
    Function(
        name="end_of_year",
        doc=said("The last day of the workspace's fiscal year that a date is in.", "日期所在财年的最后一天。"),
        parameters=_DATE,
        result=always(DATE),
        meaning=_meaning(end_of_period, 12),
        postgresql=_fiscal("year", 12),
        reads=("year_month", "year_day"),
        examples=(Example("end_of_year(today())", date(2024, 12, 31)),),
    ),
)
