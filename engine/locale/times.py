"""Reading a time of day: 15:30, 3pm, 1530, 下午3点半, noon."""

from __future__ import annotations

import re

MORNING, AFTERNOON = "凌晨|早上|早晨|上午", "中午|下午|傍晚|晚上"
CLOCK = re.compile(r"(\d{1,2})[:.]([0-5]\d)(?::00)? ?([ap])?(?:\.?m\.?)?", re.ASCII)
HOUR = re.compile(r"(\d{1,2}) ?([ap])\.?m\.?", re.ASCII)
CHINESE = re.compile(
    rf"(?:({MORNING})|({AFTERNOON}))? ?(\d{{1,2}})(?::([0-5]\d)|[点时](?:([0-5]?\d)分?|(半)|(?:([一三])刻)|整|钟)?)",
    re.ASCII,
)
BARE = re.compile(r"(\d{1,2})|(\d{1,2})([0-5]\d)", re.ASCII)
NAMED = {"noon": (12, 0), "midday": (12, 0), "midnight": (0, 0), "中午": (12, 0), "正午": (12, 0), "午夜": (0, 0)}


def read_time(text: str, *, bare: bool = True) -> tuple[int, int] | None:
    """Hour and minute, or None. `bare` reads 9 and 1530 too, which beside a date may be anything."""
    word = text.strip().lower()
    if word in NAMED:
        return NAMED[word]
    if clock := CLOCK.fullmatch(word):
        return _placed(int(clock[1]), int(clock[2]), clock[3])
    if hour := HOUR.fullmatch(word):
        return _placed(int(hour[1]), 0, hour[2])
    if chinese := CHINESE.fullmatch(word):
        return _chinese(chinese)
    if bare and (plain := BARE.fullmatch(word)):
        return _placed(int(plain[1] or plain[2]), int(plain[3] or 0), None)
    return None


def _chinese(found: re.Match[str]) -> tuple[int, int] | None:
    morning, afternoon, hours, colon, minutes, half, quarters = found.groups()
    quarter = {"一": 15, "三": 45}.get(quarters or "", 0)
    minute = 30 if half else quarter or int(colon or minutes or 0)
    early = "a" if morning and int(hours) <= 12 else None
    late = "p" if afternoon and int(hours) <= 12 else None
    return _placed(int(hours), minute, late or early)


def _placed(hour: int, minute: int, half: str | None) -> tuple[int, int] | None:
    """On a clock of 24 hours; 12 am is midnight."""
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return (hour, minute) if hour < 24 else None
