"""How numbers, money, dates and times are written and read for one person: the room's door to the rest of the engine.

Lists call `number`, `money` and `date` for every cell, so the parts that depend on the language are computed once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day, datetime as Moment, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date

from engine.locale.catalogue import message
from engine.locale.currencies import money_frame, percent_sign, separators
from engine.locale.languages import locale_of
from engine.locale.reading import read_date, read_datetime, read_decimal

WeekStart = Literal["monday", "sunday", "saturday"]

_FIRST_WEEKDAY = {"monday": 0, "saturday": 5, "sunday": 6}


@dataclass(frozen=True, slots=True)
class Formats:
    """`language` is "" for the neutral one: ISO dates, a decimal point, no grouping, UTC. `today` is the day in
    `time_zone`; `currency` is the workspace's; `phone_region` is an ISO 3166 code such as "CN"."""

    language: str
    time_zone: str
    currency: str
    today: Day
    phone_region: str
    week_start: WeekStart = "monday"

    @classmethod
    def neutral(cls) -> Formats:
        return _NEUTRAL

    def number(self, value: int | Decimal, scale: int | None = None) -> str:
        """1,234.50. `scale` is the number of decimal places; None writes those the value has, without end zeros."""
        return _localized(_rounded(value, scale), self.language)

    def ungrouped(self, value: int | Decimal) -> str:
        """The number as it is edited: 1234.5."""
        return _localized(_rounded(value, None).replace(",", ""), self.language)

    def money(self, value: int | Decimal, currency: str | None = None) -> str:
        """$84,500, or $84,500.50 when it is not whole; the workspace's currency if none is given."""
        frame = money_frame(self.language, currency or self.currency)
        scale = 0 if value == int(value) else frame.scale
        digits = _localized(_rounded(-value if value < 0 else value, scale), self.language)
        return f"{'-' if value < 0 else ''}{frame.before}{digits}{frame.after}"

    def percent(self, value: int | Decimal) -> str:
        """12%; 20 means 20."""
        return self.number(value) + percent_sign(self.language)

    def date(self, value: Day) -> str:
        """28 Nov 2026."""
        return self._write_date(value, "date.full")

    def long_date(self, value: Day) -> str:
        """Saturday, 28 November 2026."""
        return format_date(value, message("date.long", self.language or "en"), locale_of(self.language or "en"))

    def short_date(self, value: Day) -> str:
        """28 Nov; with the year when it is not this one."""
        return self._write_date(value, "date.short" if value.year == self.today.year else "date.full")

    def datetime(self, value: Moment) -> str:
        """28 Nov, 09:30 in the workspace's time zone; with the year when it is not this one."""
        local = self.local(value)
        key = "datetime.short" if local.year == self.today.year else "datetime.full"
        return self._write_date(local, key) if self.language else local.strftime("%Y-%m-%d %H:%M")

    def ago(self, value: Moment, now: Moment) -> str:
        """How long ago: 2 min ago, 2 h ago; within a week the weekday; then the short date. Also for the future."""
        if not self.language:
            return self.datetime(value)
        passed = now - value
        if timedelta(0) <= passed < timedelta(days=1):
            return self._recently(passed)
        local = self.local(value).date()
        days = (self.local(now).date() - local).days
        return _weekdays(self.language)[local.weekday()] if 0 < days < 7 else self.short_date(local)

    def weekday(self, value: Day) -> str:
        """Tue."""
        return _weekdays(self.language or "en")[value.weekday()]

    def month(self, value: Day) -> str:
        """Nov 2026."""
        return self._write_date(value, "date.month") if self.language else value.isoformat()[:7]

    def local(self, value: Moment) -> Moment:
        """An aware moment in the workspace's time zone."""
        return value.astimezone(zone(self.time_zone))

    def parse_decimal(self, text: str) -> Decimal:
        """Raises ValueError; groups are checked, so "12,34" is refused."""
        return read_decimal(text, self.language)

    def parse_date(self, text: str) -> Day:
        """Raises ValueError."""
        return read_date(text, self.language, self.today)

    def parse_datetime(self, text: str) -> Moment:
        """A local date and time (or one with an offset) as a moment in UTC. Raises ValueError."""
        return read_datetime(text, self.language, self.today, zone(self.time_zone))

    def _write_date(self, value: Day, key: str) -> str:
        if not self.language:
            return f"{value.year:04}-{value.month:02}-{value.day:02}"
        pattern, months = _date_pattern(self.language, key), _months(self.language)
        return pattern.format(value, month=months[value.month - 1])

    def _recently(self, passed: timedelta) -> str:
        minutes = int(passed.total_seconds()) // 60
        if minutes < 1:
            return message("ago.now", self.language)
        if minutes < 60:
            return message("ago.minutes", self.language, count=minutes)
        return message("ago.hours", self.language, count=minutes // 60)


_NEUTRAL = Formats(language="", time_zone="UTC", currency="", today=Day(1970, 1, 1), phone_region="")


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """Raises ZoneInfoNotFoundError or ValueError for a name that is no IANA time zone."""
    return ZoneInfo(name)


def first_of_week(value: Day, week_start: str) -> Day:
    return value - timedelta(days=(value.weekday() - _FIRST_WEEKDAY[week_start]) % 7)


def _rounded(value: int | Decimal, scale: int | None) -> str:
    """Digits grouped by commas, rounded half away from zero."""
    number = Decimal(value)
    if scale is None:
        written = f"{number:,f}"
        return written.rstrip("0").rstrip(".") if "." in written else written
    return f"{number.quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP):,f}"


def _localized(written: str, language: str) -> str:
    decimal, group = separators(language)
    if (decimal, group) == (".", ","):
        return written
    return written.translate({ord(","): group, ord("."): decimal})


@lru_cache(maxsize=256)
def _date_pattern(language: str, key: str) -> str:
    """The message as a format string over the date itself: {day} becomes {0.day}."""
    pattern = message(key, language)
    for part in ("day", "year"):
        pattern = pattern.replace("{" + part + "}", "{0." + part + "}")
    return pattern.replace("{time}", "{0:%H:%M}")


@lru_cache(maxsize=64)
def _months(language: str) -> tuple[str, ...]:
    months = locale_of(language).months["format"]["abbreviated"]
    return tuple(str(months[number]) for number in range(1, 13))


@lru_cache(maxsize=64)
def _weekdays(language: str) -> tuple[str, ...]:
    days = locale_of(language).days["format"]["abbreviated"]
    return tuple(str(days[number]) for number in range(7))
