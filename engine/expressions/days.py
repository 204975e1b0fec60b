"""Months, weeks and periods on the calendar of the years 1 to 9999; what lies outside is null."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

Whole = int | Decimal
_FIRST_MONTH, _END_MONTH = 12, 120_000
_OUTSIDE = _END_MONTH * 2
"""More months than the calendar has."""
_Given = TypeVar("_Given", date, datetime)


def held(number: Whole, most: int = _OUTSIDE) -> int:
    """The number, or the limit it passes: it may have hundreds of digits."""
    return int(max(min(number, most), -most))


def month_number(day: date) -> int:
    """The months since the year 0."""
    return day.year * 12 + day.month - 1


def day_of_month(number: int, day: int) -> date | None:
    """A day of a month by its number; past the month's end that end."""
    if not _FIRST_MONTH <= number < _END_MONTH:
        return None
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))


def add_months(day: date | None, months: Whole | None) -> date | None:
    if day is None or months is None:
        return None
    return day_of_month(month_number(day) + held(months), day.day)


def add_years(day: date | None, years: Whole | None) -> date | None:
    return None if years is None else add_months(day, held(years) * 12)


def months_between(first: date | None, last: date | None) -> int | None:
    """The whole months from one day to another; negative when the other is earlier."""
    if first is None or last is None:
        return None
    if last < first:
        return -_months(last, first)
    return _months(first, last)


def _months(first: date, last: date) -> int:
    months = month_number(last) - month_number(first)
    is_short = last.day < first.day and last.day < monthrange(last.year, last.month)[1]
    return months - is_short


def years_between(first: date | None, last: date | None) -> int | None:
    """The whole years; someone born on a leap day is a year older on 28 February."""
    months = months_between(first, last)
    return None if months is None else months // 12 if months >= 0 else -(-months // 12)


def period_start(day: date, months: int, year_month: int, year_day: int) -> int:
    """The number of the month in which the period of so many months of the fiscal year begins."""
    number = month_number(day) - (day.day < year_day)
    return number - (number - (year_month - 1)) % months


def start_of_period(day: date | None, months: int, year_month: int, year_day: int) -> date | None:
    return None if day is None else day_of_month(period_start(day, months, year_month, year_day), year_day)


def end_of_period(day: date | None, months: int, year_month: int, year_day: int) -> date | None:
    if day is None:
        return None
    end = period_start(day, months, year_month, year_day) + months
    return day_of_month(end - 1, 31) if year_day == 1 else day_of_month(end, year_day - 1)


def shifted(value: _Given | None, by: timedelta) -> _Given | None:
    try:
        return None if value is None else value + by
    except OverflowError:
        return None


def start_of_week(day: date | None, first_weekday: int) -> date | None:
    return None if day is None else shifted(day, -timedelta((day.weekday() - first_weekday) % 7))


def end_of_week(day: date | None, first_weekday: int) -> date | None:
    return None if day is None else shifted(day, timedelta(6 - (day.weekday() - first_weekday) % 7))


def local(moment: datetime | None, zone: str) -> datetime | None:
    """The moment by the clocks of a time zone."""
    try:
        return None if moment is None else moment.astimezone(ZoneInfo(zone))
    except OverflowError:
        return None


def date_of(moment: datetime | None, zone: str) -> date | None:
    there = local(moment, zone)
    return None if there is None else there.date()


def _worked(ordinal: int) -> int:
    """How many working days there are up to a day; the first day of the calendar is a Monday."""
    weeks, days = divmod(ordinal, 7)
    return weeks * 5 + min(days, 5)


def working_days_between(first: date | None, last: date | None) -> int | None:
    """The working days one passes on the way: those after `first` up to `last`, or before it down to `last`."""
    if first is None or last is None:
        return None
    if last >= first:
        return _worked(last.toordinal()) - _worked(first.toordinal())
    return _worked(last.toordinal() - 1) - _worked(first.toordinal() - 1)


def add_working_days(day: date | None, days: Whole | None) -> date | None:
    """The working day that is so many after a day, or before it; with 0 the day itself."""
    if day is None or days is None or not days:
        return day if days is not None else None
    count = held(days, _LAST)
    if count > 0:
        return _ordinal(_day_worked(_worked(day.toordinal()) + count))
    return _ordinal(_day_worked(_worked(day.toordinal() - 1) + count + 1))


_LAST = date.max.toordinal()


def _day_worked(number: int) -> int:
    """The day, as an ordinal, of the working day of that number, which counts from 1."""
    weeks, days = divmod(number - 1, 5)
    return weeks * 7 + days + 1


def _ordinal(day: int) -> date | None:
    return date.fromordinal(day) if 1 <= day <= _LAST else None
