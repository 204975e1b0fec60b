"""What is bound once for a request, and what an expression may read of it by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, DateTime, Integer, Text, bindparam
from sqlalchemy.types import TypeEngine

from engine.expressions.spans import nearby
from engine.expressions.workspace_calendar import USUAL, Calendar

Reading = str
"""`today`, `now`, a word of the calendar, or an edge of a span such as `this_month_first`."""
SETTINGS = ("zone", "first_weekday", "year_month", "year_day")
_DAY = Date()
_TYPES: dict[Reading, TypeEngine[Any]] = {
    "today": Date(),
    "now": DateTime(timezone=True),
    "zone": Text(),
    "first_weekday": Integer(),
    "year_month": Integer(),
    "year_day": Integer(),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """The time, the workspace's date, who asks (a user id), and the workspace's calendar."""

    now: datetime
    today: date
    me: int | None
    calendar: Calendar = USUAL

    def read(self, name: Reading) -> Any:
        if name == "today":
            return self.today
        if name == "now":
            return self.now
        return getattr(self.calendar, name) if name in _TYPES else nearby(self.today, self.calendar)[name]

    @property
    def parameters(self) -> dict[str, Any]:
        """What a translated expression binds, by name."""
        settings = {name: self.read(name) for name in _TYPES}
        return {"me": self.me, **settings, **nearby(self.today, self.calendar)}


def moment_at(now: datetime, me: int | None, calendar: Calendar) -> Moment:
    return Moment(now, now.astimezone(ZoneInfo(calendar.zone)).date(), me, calendar)


def bound(name: Reading) -> ColumnElement[Any]:
    """The parameter of a statement; `now` is bound in UTC, because SQLite keeps no zone."""
    return bindparam(name, type_=_TYPES.get(name, _DAY))
