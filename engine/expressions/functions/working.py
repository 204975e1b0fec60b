"""Working days: Monday to Friday, everywhere the same. Holidays would come in through what a function reads."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Numeric

from engine.expressions.days import add_working_days, working_days_between
from engine.expressions.elements import Given, in_calendar
from engine.expressions.function import Example, Function, Parameter, always, said
from engine.expressions.types import DATE, INTEGER, Kind

_DATE = Parameter("date", (Kind.DATE,))


def _worked(ordinal: str) -> str:
    """A formula: how many working days there are up to a day, counted from the Monday the calendar begins with."""
    return f"(({ordinal}) / 7 * 5 + least(mod({ordinal}, 7), 5))"


def _ordinal(day: str, more: int) -> str:
    return f"{day} - DATE '0001-01-01' + {more}"


_BETWEEN = (
    f"CAST(CASE WHEN b >= a THEN {_worked(_ordinal('b', 1))} - {_worked(_ordinal('a', 1))}"
    f" ELSE {_worked(_ordinal('b', 0))} - {_worked(_ordinal('a', 0))} END AS NUMERIC)"
)
_HELD = "CAST(least(greatest(b, -3700000), 3700000) AS INTEGER)"
_NUMBER = (
    f"greatest(CASE WHEN b > 0 THEN {_worked(_ordinal('a', 1))} + {_HELD}"
    f" ELSE {_worked(_ordinal('a', 0))} + {_HELD} + 1 END, 0)"
)
_DAY = in_calendar("DATE '0001-01-01' + (least((number - 1) / 5 * 7 + mod(number - 1, 5) + 1, 3652060) - 1)")
_ADDED = f"CASE WHEN b = 0 THEN a ELSE (SELECT {_DAY} FROM (SELECT {_NUMBER} AS number) AS counted) END"

FUNCTIONS = (
    Function(
        name="working_days_between",
        doc=said(
            "The working days, Monday to Friday, after one date up to another; negative when the last one is earlier. "
            "From Friday to Monday it is 1.",
            "一个日期之后到另一个日期为止的工作日（周一至周五）天数；后者较早时为负数。从周五到周一为 1。",
        ),
        parameters=(Parameter("first", (Kind.DATE,)), Parameter("last", (Kind.DATE,))),
        result=always(INTEGER),
        meaning=working_days_between,
        postgresql=lambda first, last: Given(_BETWEEN, Numeric(), first, last),
        examples=(
            Example("working_days_between(date(2024, 3, 1), date(2024, 3, 4))", 1),
            Example("working_days_between(today(), date(2024, 2, 19))", -8),
        ),
    ),
    Function(
        name="add_working_days",
        doc=said(
            "The working day that is so many after a date, or before it when days are negative.",
            "某日期之后（为负数时之前）若干个工作日的那一天。",
        ),
        parameters=(_DATE, Parameter("days", (Kind.NUMBER,), whole=True)),
        result=always(DATE),
        meaning=add_working_days,
        postgresql=lambda day, days: Given(_ADDED, Date(), day, days),
        examples=(
            Example("add_working_days(today(), 2)", date(2024, 3, 4)),
            Example("add_working_days(date(2024, 3, 3), -1)", date(2024, 3, 1)),
        ),
    ),
)
