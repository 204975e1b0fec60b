"""What is bound once for a request, and what an expression may read of it by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, DateTime, Integer, Text, bindparam
from sqlalchemy.types import TypeEngine

Reading = Literal["today", "now", "zone", "first_weekday", "year_month", "year_day"]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LATEST_YEAR_DAY = 28
"""A fiscal year that begins later in its month begins on this day: every month has it."""
_TYPES: dict[Reading, TypeEngine[Any]] = {
    "today": Date(),
    "now": DateTime(timezone=True),
    "zone": Text(),
    "first_weekday": Integer(),
    "year_month": Integer(),
    "year_day": Integer(),
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The workspace's time zone, the first day of its week (Monday is 0) and of its fiscal year.

    Working days are Monday to Friday; holidays and make-up days of a workspace belong here."""

    zone: str = "UTC"
    first_weekday: int = 0
    year_month: int = 1
    year_day: int = 1


@lru_cache(maxsize=64)
def calendar_of(zone: str, week_start: str, fiscal_year_start: str) -> Calendar:
    """From the words of the settings: a time zone, a weekday, `MM-DD`."""
    month, day = (int(part) for part in fiscal_year_start.split("-"))
    return Calendar(zone, WEEKDAYS.index(week_start), min(max(month, 1), 12), min(max(day, 1), LATEST_YEAR_DAY))


@dataclass(frozen=True, slots=True)
class Moment:
    """The time, the workspace's date, who asks (a user id), and the workspace's calendar."""

    now: datetime
    today: date
    me: int | None
    calendar: Calendar = Calendar()

    def read(self, name: Reading) -> Any:
        return self.today if name == "today" else self.now if name == "now" else getattr(self.calendar, name)

    @property
    def parameters(self) -> dict[str, Any]:
        """What a translated expression binds, by name."""
        return {"me": self.me, **{name: self.read(name) for name in _TYPES}}


def moment_at(now: datetime, me: int | None, calendar: Calendar) -> Moment:
    return Moment(now, now.astimezone(ZoneInfo(calendar.zone)).date(), me, calendar)


def bound(name: Reading) -> ColumnElement[Any]:
    """The parameter of a statement; `now` is bound in UTC, because SQLite keeps no zone."""
    return bindparam(name, type_=_TYPES[name])
