"""Making a date, moving it, and how far two dates are apart."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Date, DateTime, Numeric, func, type_coerce

from engine.expressions.days import add_months, add_years, held, months_between, shifted, years_between
from engine.expressions.elements import DaysBetween, Given, ShiftedDay, in_calendar
from engine.expressions.exact import divide, round_to
from engine.expressions.function import Example, Function, Parameter, always, said
from engine.expressions.meaning import add_days, days_between
from engine.expressions.types import DATE, DATETIME, INTEGER, Kind, decimal

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
_DAY = "make_date(CAST(a AS INTEGER), CAST(b AS INTEGER), 1) + CAST(c AS INTEGER) - 1"
DATE_OF_PARTS = (
    "CASE WHEN a BETWEEN 1 AND 9999 AND b BETWEEN 1 AND 12 AND c BETWEEN 1 AND 31"
    f" THEN CASE WHEN extract(month FROM {_DAY}) = b THEN {_DAY} END END"
)

HOUR_PLACES = 4
HOURS_BETWEEN = f"round((extract(epoch FROM b) - extract(epoch FROM a)) / 3600, {HOUR_PLACES})"
_MOST_HOURS = 90_000_000
"""More hours than the calendar has."""
_FIRST_MOMENT = "TIMESTAMP WITH TIME ZONE '0001-01-01 00:00:00+00'"
_LAST_MOMENT = "TIMESTAMP WITH TIME ZONE '9999-12-31 23:59:59.999999+00'"
_BEFORE = f"- div(extract(epoch FROM a) - extract(epoch FROM {_FIRST_MOMENT}), 3600) - 1"
_LATER = (
    f"a + make_interval(hours => CAST(least(greatest(b, {_BEFORE}, -{_MOST_HOURS} * 2), {_MOST_HOURS}) AS INTEGER))"
)
_ADD_HOURS = (
    f"(SELECT CASE WHEN moment BETWEEN {_FIRST_MOMENT} AND {_LAST_MOMENT} THEN moment END"
    f" FROM (SELECT {_LATER} AS moment) AS found)"
)


def _whole(name: str) -> Parameter:
    return Parameter(name, (Kind.NUMBER,), whole=True)


def _date(year: int | Decimal | None, month: int | Decimal | None, day: int | Decimal | None) -> date | None:
    if year is None or month is None or day is None:
        return None
    try:
        return date(held(year), held(month), held(day))
    except ValueError:
        return None


def _days_between(first: date | None, last: date | None) -> int | None:
    return days_between(last, first)


def hours_between(first: datetime | None, last: datetime | None) -> Decimal | None:
    """Rounded to 4 places."""
    if first is None or last is None:
        return None
    return round_to(divide((last - first) // timedelta.resolution, 3_600_000_000) or 0, HOUR_PLACES)


def _add_hours(moment: datetime | None, hours: int | Decimal | None) -> datetime | None:
    return None if hours is None else shifted(moment, timedelta(hours=held(hours, _MOST_HOURS)))


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
        postgresql=lambda year, month, day: Given(DATE_OF_PARTS, Date(), year, month, day),
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
    Function(
        name="hours_between",
        doc=said(
            "The hours from one moment to another, to 4 decimal places; negative when the last one is earlier.",
            "两个时刻之间的小时数，保留 4 位小数；后者较早时为负数。",
        ),
        parameters=(Parameter("first", (Kind.DATETIME,)), Parameter("last", (Kind.DATETIME,))),
        result=always(decimal(HOUR_PLACES)),
        meaning=hours_between,
        postgresql=lambda first, last: Given(HOURS_BETWEEN, Numeric(), first, last),
        examples=(Example("hours_between(now(), add_hours(now(), 36))", 36),),
    ),
    Function(
        name="hours_since",
        doc=said(
            "The hours from a moment to now, to 4 decimal places; negative for a moment to come.",
            "从某一时刻到现在的小时数，保留 4 位小数；未来时刻为负数。",
        ),
        parameters=(Parameter("moment", (Kind.DATETIME,)),),
        result=always(decimal(HOUR_PLACES)),
        meaning=hours_between,
        postgresql=lambda moment, now: Given(HOURS_BETWEEN, Numeric(), moment, now),
        reads=("now",),
        examples=(Example("hours_since(now())", 0), Example("hours_since(null)", None)),
    ),
    Function(
        name="add_hours",
        doc=said("A moment moved by hours.", "把时刻移动若干小时。"),
        parameters=(Parameter("moment", (Kind.DATETIME,)), _whole("hours")),
        result=always(DATETIME),
        meaning=_add_hours,
        postgresql=lambda moment, hours: Given(_ADD_HOURS, DateTime(timezone=True), moment, hours),
        examples=(Example("date_of(add_hours(now(), 24))", date(2024, 3, 1)),),
    ),
)
