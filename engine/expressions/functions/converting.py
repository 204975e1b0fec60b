"""A number or a date as text, and back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import Date, Numeric, Text as SqlText, literal

from engine.expressions.elements import Given
from engine.expressions.exact import canonical, round_to
from engine.expressions.function import Argument, Element, Example, Function, Parameter, always, said
from engine.expressions.functions.pieces import BLANKS
from engine.expressions.functions.shifts import DATE_OF_PARTS
from engine.expressions.size import QUOTIENT_PLACES, Size
from engine.expressions.types import DATE, NUMBER, TEXT, Kind

_DIGITS = 20
"""Most digits before and after the point of a number that is read from a text."""
_NUMBER = rf"-?[0-9]{{1,{_DIGITS}}}([.][0-9]{{1,{_DIGITS}}})?"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TEXT = Parameter("text", (Kind.TEXT, Kind.CHOICE))
_PLACES = Parameter("places", (Kind.NUMBER,), optional=True, literal_up_to=QUOTIENT_PLACES)
_PARTS = (
    "CAST(substr(a, 1, 4) AS NUMERIC) AS a, CAST(substr(a, 6, 2) AS NUMERIC) AS b, CAST(substr(a, 9) AS NUMERIC) AS c"
)


def _to_text(number: int | Decimal | None, places: int | Decimal | None = None) -> str | None:
    if number is None:
        return None
    if places is None:
        return canonical(number)
    rounded = round_to(number, int(places))
    return format(rounded if rounded else abs(rounded), "f")


def _to_text_sql(number: Element, places: Element | None = None) -> Element:
    if places is None:
        return Given("CAST(trim_scale(a) AS TEXT)", SqlText(), number)
    return Given("CAST(round(a, CAST(b AS INTEGER)) AS TEXT)", SqlText(), number, places)


def _to_number(text: str | None) -> Decimal | None:
    trimmed = (text or "").strip(BLANKS)
    return Decimal(trimmed) if re.fullmatch(_NUMBER, trimmed) else None


def _to_date(text: str | None) -> date | None:
    trimmed = (text or "").strip(BLANKS)
    try:
        return date.fromisoformat(trimmed) if re.fullmatch(_DAY, trimmed) else None
    except ValueError:
        return None


def _date_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read(pattern: str, found: str) -> str:
    """A formula over the trimmed text a; null where it has another form."""
    trimmed = "(SELECT btrim(a, b) AS a) AS trimmed"
    return f"(SELECT CASE WHEN a ~ '^{pattern}$' THEN {found} END FROM {trimmed})"


def _blanks() -> Element:
    return literal(BLANKS, SqlText())


def _number_size(sizes: Sequence[Size], arguments: Sequence[Argument]) -> Size:
    return Size(_DIGITS, _DIGITS)


FUNCTIONS = (
    Function(
        name="to_text",
        doc=said(
            "A number as text, without zeros at its end or with as many decimal places as named.",
            "数字转换为文本；不写小数位数时去掉末尾的零。",
        ),
        parameters=(Parameter("number", (Kind.NUMBER,)), _PLACES),
        result=always(TEXT),
        meaning=_to_text,
        postgresql=_to_text_sql,
        examples=(Example("to_text(2.50)", "2.5"), Example("to_text(2.5, 2)", "2.50")),
    ),
    Function(
        name="to_number",
        doc=said(
            "The number a text holds, written with digits and a decimal point; null when it holds anything else.",
            "文本所含的数字，只能由数字和小数点组成；否则为空值。",
        ),
        parameters=(_TEXT,),
        result=always(NUMBER),
        meaning=_to_number,
        postgresql=lambda text: Given(_read(_NUMBER, "CAST(a AS NUMERIC)"), Numeric(), text, _blanks()),
        size=_number_size,
        examples=(Example("to_number(' -12.5 ')", Decimal("-12.5")), Example("to_number('12 kg')", None)),
    ),
    Function(
        name="date_text",
        doc=said("A date as text, such as 2024-02-29.", "日期转换为文本，例如 2024-02-29。"),
        parameters=(Parameter("date", (Kind.DATE,)),),
        result=always(TEXT),
        meaning=_date_text,
        postgresql=lambda day: Given("to_char(a, 'YYYY-MM-DD')", SqlText(), day),
        examples=(Example("left(date_text(today()), 7)", "2024-02"),),
    ),
    Function(
        name="to_date",
        doc=said(
            "The date a text such as 2024-02-29 holds; null when it holds anything else.",
            "文本所含的日期，例如 2024-02-29；否则为空值。",
        ),
        parameters=(_TEXT,),
        result=always(DATE),
        meaning=_to_date,
        postgresql=lambda text: Given(
            _read(_DAY, f"(SELECT {DATE_OF_PARTS} FROM (SELECT {_PARTS}) AS parts)"), Date(), text, _blanks()
        ),
        examples=(Example("to_date('2024-02-29')", date(2024, 2, 29)), Example("to_date('29.2.2024')", None)),
    ),
)
