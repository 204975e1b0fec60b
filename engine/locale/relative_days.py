"""Days told from today: tomorrow, +3d, 3天后, next Monday, 下周一."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

NAMED = {
    "today": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "今天": 0,
    "明天": 1,
    "昨天": -1,
    "后天": 2,
    "大后天": 3,
    "前天": -2,
}
UNIT = r"(d|days?|w|weeks?|mo?|months?|y|years?|天|日|周|个?星期|个?月|年)"
SIGNED = re.compile(rf"([+-]) ?(\d{{1,4}}) ?{UNIT}?", re.ASCII)
AHEAD = re.compile(rf"(?:in (\d{{1,4}}) {UNIT}|(\d{{1,4}}) ?{UNIT}(?:以?后|之后))", re.ASCII)
AGO = re.compile(rf"(\d{{1,4}}) ?{UNIT}(?: ago|以?前|之前)", re.ASCII)
WEEKDAY = re.compile(
    r"(next |下个?|this |本|这个?)?(?:(mon|tue|wed|thu|fri|sat|sun)[a-z]*|(?:周|星期|礼拜)([一二三四五六日天]))"
)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHINESE_DAYS = "一二三四五六日"


def relative_day(text: str, today: date) -> date | None:
    """None for a text of another kind. Raises ValueError for a day before the year 1 or after 9999."""
    word = text.lower()
    if word in NAMED:
        return today + timedelta(days=NAMED[word])
    try:
        if signed := SIGNED.fullmatch(word):
            return _moved(today, int(signed[1] + signed[2]), signed[3] or "d")
        if ahead := AHEAD.fullmatch(word):
            return _moved(today, int(ahead[1] or ahead[3]), ahead[2] or ahead[4])
        if ago := AGO.fullmatch(word):
            return _moved(today, -int(ago[1]), ago[2])
        found = WEEKDAY.fullmatch(word)
        return _weekday(today, found) if found else None
    except OverflowError as error:
        raise ValueError(text) from error


def _moved(today: date, count: int, unit: str) -> date:
    if unit[0] in "d天日":
        return today + timedelta(days=count)
    if unit[0] in "w周" or unit.endswith("星期"):
        return today + timedelta(weeks=count)
    months = today.month - 1 + count * (12 if unit[0] in "y年" else 1)
    year, month = today.year + months // 12, months % 12 + 1
    if not 1 <= year <= 9999:
        raise ValueError(unit)
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def _weekday(today: date, found: re.Match[str]) -> date:
    """The coming one; with "this" or "next" the one of this week or the next, weeks beginning on Monday."""
    number = DAYS.index(found[2]) if found[2] else CHINESE_DAYS.index(found[3].replace("天", "日"))
    monday = today - timedelta(days=today.weekday())
    if found[1]:
        return monday + timedelta(days=number + (7 if found[1].startswith(("next", "下")) else 0))
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
