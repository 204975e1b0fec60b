"""Reading what people type: numbers, dates and times, the same way in every language it can be told apart."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.locale.currencies import separators
from engine.locale.languages import locale_of
from engine.locale.relative_days import relative_day
from engine.locale.times import read_time

NEUTRAL_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
NUMERIC_DATE = re.compile(
    r"([1-9]\d{3})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|(\d\d)(\d\d)|年(\d{1,2})月(\d{1,2})日?)",
    re.ASCII,
)
MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?", re.ASCII)
DAY_MONTH = re.compile(r"(\d{1,2})[ .-]*([^\W\d]+)\.?(?:,?[ -]*([1-9]\d{3}))?")
MONTH_FIRST = re.compile(r"([^\W\d]+)\.? *(\d{1,2})(?:,? +([1-9]\d{3}))?")
TIME = re.compile(
    r"(?:T|,? +|,|(?<=日))(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)? ?(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)
LONGEST = 60
"""Characters of a typed number or date; anything longer is refused unread."""
SHORT_DATE = re.compile(r"(\d{1,2})([/.-])(\d{1,2})(?:\2([1-9]\d{3}))?", re.ASCII)
TIME_BEGINS = re.compile(r"(?<=[ ,日天])\S|(?<=\S)(?=凌晨|早上|上午|中午|下午|傍晚|晚上)")


class NoSuchDay(ValueError):
    """A month that has not as many days."""

    def __init__(self, year: int, month: int, days: int) -> None:
        super().__init__(f"{year}-{month:02} has {days} days")
        self.year, self.month, self.days = year, month, days


def read_decimal(text: str, language: str) -> Decimal:
    """A number with the language's decimal and grouping signs; groups must be whole ("12,34" is refused).
    Full-width digits and signs are read too. Raises ValueError."""
    plain = _plain(text).replace("\N{MINUS SIGN}", "-")
    if not _number_pattern(language).fullmatch(plain):
        raise ValueError(text)
    decimal, group = separators(language)
    digits = re.sub(rf"[{re.escape(group)}\s'\u2019]", "", plain) if group else plain
    return Decimal(digits.replace(decimal, "."))


def read_date(text: str, language: str, today: date) -> date:
    """ISO, `2026/11/28`, `2026年11月28日`, `28 Nov 2026`, `Nov 28, 2026`, `+3d`, `next Monday`; without a year it is
    this one's. All-number forms that start with a day or a month are read when only one of both can be meant, in
    Chinese by the month first; the others are refused, and so are years before 1000, which native inputs make of "26".
    Raises `NoSuchDay` or another ValueError."""
    plain = _plain(text)
    if numeric := NUMERIC_DATE.fullmatch(plain):
        year, month, day = (int(part) for part in numeric.groups() if part is not None)
        return _day(year, month, day)
    if not language:
        raise ValueError(text)
    if relative := relative_day(plain, today):
        return relative
    if short := SHORT_DATE.fullmatch(plain):
        return _short_date(int(short[1]), int(short[3]), short[4], language, today)
    return _named_date(plain, language, today)


def read_datetime(text: str, language: str, today: date, zone: ZoneInfo) -> datetime:
    """A date with a time, in UTC; a date alone is its midnight, a time alone is today's. A local time that a clock
    change skips moves forward, one that happens twice is the first. Raises ValueError."""
    plain = _plain(text)
    if language and (spoken := _spoken(plain, language, today)):
        return _in_utc(spoken, zone, text)
    time = next((found for found in TIME.finditer(plain) if found.end() == len(plain)), None)
    day = read_date(plain[: time.start()] if time else plain, language, today)
    hour, minute, second, fraction, offset = time.groups() if time else ("0", "0", None, None, None)
    moment = datetime(
        day.year, day.month, day.day, int(hour), int(minute), int(second or 0), int((fraction or "0").ljust(6, "0"))
    )
    tz = datetime.strptime(offset, "%z").tzinfo if offset else zone
    return _in_utc(moment, tz, text)


def _in_utc(moment: datetime, zone: tzinfo | None, text: str) -> datetime:
    try:
        return moment.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error


def _spoken(plain: str, language: str, today: date) -> datetime | None:
    """ "tomorrow 3pm", "明天下午3点", "15:30"; None for any other form."""
    for start in (0, *(found.start() for found in TIME_BEGINS.finditer(plain))):
        time = read_time(plain[start:], bare=False)
        if time is None:
            continue
        try:
            day = read_date(plain[:start].rstrip(" ,"), language, today) if start else today
        except ValueError:
            continue
        return datetime(day.year, day.month, day.day, *time)
    return None


def _day(year: int, month: int, day: int) -> date:
    if 1 <= month <= 12 and not 1 <= day <= (days := calendar.monthrange(year, month)[1]):
        raise NoSuchDay(year, month, days)
    return date(year, month, day)


def _short_date(first: int, second: int, year: str | None, language: str, today: date) -> date:
    """11/28 and 28/11; when both could be a month, only Chinese says which comes first."""
    month_first = second > 12 or first == second or (language.startswith("zh") and year is None and first <= 12)
    if not month_first and first <= 12:
        raise ValueError("either may be the month")
    month, day = (first, second) if month_first else (second, first)
    return _day(int(year or today.year), month, day)


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(text)
    return unicodedata.normalize("NFKC", text).strip()


@lru_cache(maxsize=64)
def _number_pattern(language: str) -> re.Pattern[str]:
    if not language:
        return NEUTRAL_NUMBER
    decimal, group = (re.escape(sign) for sign in separators(language))
    grouped = rf"\d{{1,3}}(?:(?P<group>[{group}\s'\u2019])\d{{3}})(?:(?P=group)\d{{3}})*"
    return re.compile(rf"[+-]?(?:{grouped}|\d+)(?:{decimal}\d+)?|[+-]?{decimal}\d+", re.ASCII)


def _named_date(plain: str, language: str, today: date) -> date:
    if chinese := MONTH_DAY.fullmatch(plain):
        return _day(today.year, int(chinese[1]), int(chinese[2]))
    if day_first := DAY_MONTH.fullmatch(plain):
        day, month, year = day_first.groups()
    elif month_first := MONTH_FIRST.fullmatch(plain):
        month, day, year = month_first.groups()
    else:
        raise ValueError(plain)
    number = _months(language).get(month.lower())
    if number is None:
        raise ValueError(plain)
    return _day(int(year or today.year), number, int(day))


@lru_cache(maxsize=64)
def _months(language: str) -> dict[str, int]:
    """Names and short names of the months, in English and in the language, lower case -> 1..12."""
    names = {"sept": 9}
    for code in ("en", language):
        for width in ("wide", "abbreviated"):
            months = locale_of(code).months["format"][width]
            names |= {str(name).rstrip(".").lower(): number for number, name in months.items()}
    return names
