"""What a workspace's settings say of days: its time zone, its week, its fiscal year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LATEST_YEAR_DAY = 28
"""A fiscal year that begins later in its month begins on this day: every month has it."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The workspace's time zone, the first day of its week (Monday is 0) and of its fiscal year.

    Working days are Monday to Friday; holidays and make-up days of a workspace belong here."""

    zone: str = "UTC"
    first_weekday: int = 0
    year_month: int = 1
    year_day: int = 1


USUAL = Calendar()


@lru_cache(maxsize=64)
def calendar_of(zone: str, week_start: str, fiscal_year_start: str) -> Calendar:
    """From the words of the settings: a time zone, a weekday, `MM-DD`."""
    month, day = (int(part) for part in fiscal_year_start.split("-"))
    return Calendar(zone, WEEKDAYS.index(week_start), min(max(month, 1), 12), min(max(day, 1), LATEST_YEAR_DAY))
