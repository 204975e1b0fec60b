"""Making a date, moving it, and how far two dates are apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Date, Numeric, func, type_coerce

from engine.expressions.days import add_months, add_years, held, months_between, years_between
from engine.expressions.elements import DaysBetween, Given, ShiftedDay, in_calendar
from engine.expressions.function import Element, Example, Function, Parameter, always, said
from engine.expressions.meaning import add_days, days_between
from engine.expressions.types import DATE, INTEGER, Kind

_DATE = Parameter("date", (Kind.DATE,))
_FIRST, _LAST = Parameter("first", (Kind.DATE,)), Parameter("last", (Kind.DATE,))
_MONTHS = (
    "(extract(year FROM {last}) - extract(year FROM {first})) * 12"
    " + extract(month FROM {last}) - extract(month FROM {first})"
    " - CASE WHEN extract(day FROM {last}) < extract(day FROM {first})"
    " AND extract(month FROM {last} + 1) = extract(month FROM {last}) THEN 1 ELSE 0 END"
)
_FORWARD, _BACKWARD = _MONTHS.format(first="a", last="b"), _MONTHS.format(first="b", last="a")
_MONTHS_BETWEEN = f"CASE WHEN a <= b THEN {_FORWARD} ELSE - ({_BACKWARD}) END"
YEARS_BETWEEN = f"div({_MONTHS_BETWEEN}, 12)"


def _whole(name: str) -> Parameter:
    return Parameter(name, (Kind.NUMBER,), whole=True)


def _date(year: int | Decimal | None, month: int | Decimal | None, day: int | Decimal | None) -> date | None:
    if year is None or month is None or day is None:
        return None
    try:
        return date(held(year), held(month), held(day))
    except ValueError:
        return None


def _date_sql(year: Element, month: Element, day: Element) -> Element:
    start = "make_date(CAST(a AS INTEGER), CAST(b AS INTEGER), 1)"
    found = f"{start} + CAST(c AS INTEGER) - 1"
    in_month = f"CASE WHEN extract(month FROM {found}) = b THEN {found} END"
    known = "a BETWEEN 1 AND 9999 AND b BETWEEN 1 AND 12 AND c BETWEEN 1 AND 31"
    return Given(f"CASE WHEN {known} THEN {in_month} END", Date(), year, month, day)


def _days_between(first: date | None, last: date | None) -> int | None:
    return days_between(last, first)


def _moved(months: str) -> str:
    """A formula: the day a moved by months, which are held to the edge of the calendar."""
    number = "extract(year FROM a) * 12 + extract(month FROM a) - 1"
    by = f"CAST(least(greatest({number} + {months}, 11), 120000) - ({number}) AS INTEGER)"
    return in_calendar(f"a + make_interval(months => {by})")


FUNCTIONS = (
    Function(
        name="date",
        doc=said(
            "A date of a year, a month and a day; null where the calendar has no such day.",
            "由年、月、日组成的日期；日历上没有这一天时为空值。",
        ),
        parameters=(_whole("year"), _whole("month"), _whole("day")),
        result=always(DATE),
        meaning=_date,
        postgresql=_date_sql,
        examples=(Example("date(2024, 2, 29)", date(2024, 2, 29)), Example("date(2023, 2, 29)", None)),
    ),
    Function(
        name="add_days",
        doc=said("A date moved by days; the same as date + days.", "把日期移动若干天；等同于 date + days。"),
        parameters=(_DATE, _whole("days")),
        result=always(DATE),
        meaning=add_days,
        postgresql=ShiftedDay,
        sqlite=lambda day, days: type_coerce(func.crm_add_days(day, days), Date()),
        examples=(Example("add_days(today(), -29)", date(2024, 1, 31)),),
    ),
    Function(
        name="add_months",
        doc=said(
            "A date moved by months; where the month is too short, its last day.",
            "把日期移动若干个月；当月没有对应日期时取月末。",
        ),
        parameters=(_DATE, _whole("months")),
        result=always(DATE),
        meaning=add_months,
        postgresql=lambda day, months: Given(_moved("b"), Date(), day, months),
        examples=(
            Example("add_months(date(2024, 1, 31), 1)", date(2024, 2, 29)),
            Example("add_months(today(), -12)", date(2023, 2, 28)),
        ),
    ),
    Function(
        name="add_years",
        doc=said(
            "A date moved by years; 29 February becomes the 28th where the year has none.",
            "把日期移动若干年；目标年份没有 2 月 29 日时取 28 日。",
        ),
        parameters=(_DATE, _whole("years")),
        result=always(DATE),
        meaning=add_years,
        postgresql=lambda day, years: Given(_moved("b * 12"), Date(), day, years),
        examples=(Example("add_years(today(), 1)", date(2025, 2, 28)),),
    ),
    Function(
        name="days_between",
        doc=said(
            "The days from one date to another; the same as last - first, so negative when the last one is earlier.",
            "从一个日期到另一个日期的天数；等同于 last - first，后者较早时为负数。",
        ),
        parameters=(_FIRST, _LAST),
        result=always(INTEGER),
        meaning=_days_between,
        postgresql=lambda first, last: DaysBetween(last, first),
        sqlite=lambda first, last: func.crm_days_between(last, first),
        examples=(Example("days_between(date(2024, 2, 1), today())", 28),),
    ),
    Function(
        name="months_between",
        doc=said(
            "The whole months from one date to another; negative when the last one is earlier.",
            "两个日期之间的整月数；后者较早时为负数。",
        ),
        parameters=(_FIRST, _LAST),
        result=always(INTEGER),
        meaning=months_between,
        postgresql=lambda first, last: Given(_MONTHS_BETWEEN, Numeric(), first, last),
        examples=(
            Example("months_between(date(2024, 1, 31), today())", 1),
            Example("months_between(today(), date(2024, 2, 1))", 0),
        ),
    ),
    Function(
        name="years_between",
        doc=said(
            "The whole years from one date to another; negative when the last one is earlier.",
            "两个日期之间的整年数；后者较早时为负数。",
        ),
        parameters=(_FIRST, _LAST),
        result=always(INTEGER),
        meaning=years_between,
        postgresql=lambda first, last: Given(YEARS_BETWEEN, Numeric(), first, last),
        examples=(Example("years_between(date(2000, 3, 1), today())", 23),),
    ),
    Function(
        name="years_since",
        doc=said(
            "The whole years from a date to today: the age of who was born on it.",
            "从某日期到今天的整年数，例如年龄。",
        ),
        parameters=(_DATE,),
        result=always(INTEGER),
        meaning=years_between,
        postgresql=lambda day, today: Given(YEARS_BETWEEN, Numeric(), day, today),
        reads=("today",),
        examples=(Example("years_since(date(1990, 3, 1))", 33), Example("years_since(date(1990, 2, 28))", 34)),
    ),
)
