"""Cells as the text a field's type reads: what a person would have typed for them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.exchange.plan import DateOrder
from engine.exchange.sheet import Cell, Percentage
from engine.exchange.targets import kind_of
from engine.expressions.types import Kind
from engine.schema.model import Field

NUMERIC_DATE = re.compile(r"(\d{1,4})([/.\-])(\d{1,2})\2(\d{1,4})(?=$|[ T,])", re.ASCII)
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?=$|[ T])", re.ASCII)
EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(18_264, 73_051)
"""Whole numbers that are days from 1950 to 2099 as Excel counts them."""
PIVOT = 69
"""Years of two digits from here on are in the last century."""


def cell_text(cell: Cell, field: Field | None = None) -> str:
    """The text for a cell; "" for an empty one. Days and moments are written as ISO has them, numbers plainly."""
    match cell:
        case None:
            return ""
        case str():
            lines = field is not None and field.type.repeated
            return cell if lines and not cell.isspace() else cell.strip()
        case bool():
            return "true" if cell else "false"
        case int() | Decimal():
            return _number(cell, field)
        case datetime():
            return _moment(cell, field)
        case time():
            return cell.isoformat(timespec="auto" if cell.second else "minutes")
        case timedelta():
            minutes = int(cell.total_seconds()) // 60
            return f"{minutes // 60}:{minutes % 60:02}"
    return cell.isoformat()


def _number(value: int | Decimal, field: Field | None) -> str:
    """A whole number in a field of days is one as Excel keeps it."""
    if isinstance(value, Percentage):
        return _percentage(value, field)
    if field is not None and value in SERIALS and kind_of(field) in (Kind.DATE, Kind.DATETIME):
        return (EXCEL_EPOCH + timedelta(days=int(value))).isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _percentage(value: Percentage, field: Field | None) -> str:
    """As it is shown, but for a field of numbers."""
    shown = f"{(value * 100).normalize():f}"
    if field is None or not field.type.numeric:
        return f"{shown}%"
    return shown if field.type.percents else f"{value:f}"


def _moment(value: datetime, field: Field | None) -> str:
    if field is not None and kind_of(field) is Kind.DATE:
        return value.date().isoformat()
    return value.isoformat(sep=" ", timespec="auto" if value.second or value.microsecond else "minutes")


def in_iso(text: str, order: DateOrder) -> str:
    """A day of numbers alone as ISO writes it, when its order is known or only one is possible; else the text as it
    is. What stands behind the day stays."""
    found = NUMERIC_DATE.match(text)
    if found is None:
        return text
    first, second, third = found[1], found[3], found[4]
    if len(first) == 4 or order == "ymd":
        year, month, day = first, second, third
    elif order == "mdy":
        year, month, day = third, first, second
    elif order == "dmy":
        year, month, day = third, second, first
    else:
        return text
    return f"{_year(year)}-{int(month):02}-{int(day):02}{text[found.end() :]}"


def _year(digits: str) -> str:
    if len(digits) > 2:
        return digits.zfill(4)
    return str((1900 if int(digits) >= PIVOT else 2000) + int(digits))


def at_month_end(text: str) -> str:
    """A day that its month does not have as the last one of that month, in ISO; else the text as it is."""
    iso = in_iso(text, order_of((text,)))
    found = ISO_DAY.match(iso)
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
        return text
    last = monthrange(int(found[1]), int(found[2]))[1]
    return f"{found[1]}-{found[2]}-{last}{iso[found.end() :]}" if last < int(found[3]) <= 31 else text


def order_of(texts: Iterable[str]) -> DateOrder:
    """The order that the days of a column are written in, when some of them leave no doubt."""
    found: set[DateOrder] = set()
    for text in texts:
        if match := NUMERIC_DATE.match(text):
            first, second = int(match[1]), int(match[3])
            if len(match[1]) == 4:
                continue
            if first > 31:
                found.add("ymd")
            elif first > 12 >= second:
                found.add("dmy")
            elif second > 12 >= first:
                found.add("mdy")
    return found.pop() if len(found) == 1 else ""


def with_decimal_point(text: str, decimal: str) -> str:
    """A number written with a decimal comma, with a point."""
    return text.translate({ord(","): ".", ord("."): ","}) if decimal == "," else text


COMMA_NUMBER = re.compile(r"[^\d,.-]*-?(\d{1,3}(\.\d{3})+|\d+),\d{1,2}\b[^\d,.]*|-?\d{1,3}(\.\d{3}){2,}")
POINT_NUMBER = re.compile(r"[^\d,.-]*-?(\d{1,3}(,\d{3})+|\d+)\.\d{1,2}\b[^\d,.]*|-?\d{1,3}(,\d{3}){2,}")


def decimal_of(texts: Iterable[str]) -> str:
    """The decimal sign that most numbers of a column show; the point where none does."""
    listed = list(texts)
    commas = sum(COMMA_NUMBER.fullmatch(text) is not None for text in listed)
    return "," if commas > sum(POINT_NUMBER.fullmatch(text) is not None for text in listed) else "."
