"""When the records of a calendar are, in the workspace's time zone, and where they go when they are moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from engine.forms.model import CalendarScreen
from engine.locale.formats import zone
from engine.records.model import Row

MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A record from its first to its last day, both included; `begins` and `ends` are local, None for whole days."""

    row: Row
    first: date
    last: date
    begins: datetime | None = None
    ends: datetime | None = None

    @property
    def timed(self) -> bool:
        """Drawn in the column of hours: it has a time and stays within a day."""
        return self.begins is not None and self.first == self.last


def occasion_of(screen: CalendarScreen, row: Row, zone_name: str) -> Occasion | None:
    """None when the record has no day."""
    start = row.get(screen.start.name)
    if start is None:
        return None
    begins, ends = _local(screen, row, start, zone_name)
    if begins is None:
        last = row.get(screen.end.name) if screen.end and not screen.lasting else None
        return Occasion(row, start, max(start, last or start))
    until = max(ends or begins, begins)
    last = (until - timedelta(microseconds=1)).date() if until.time() == MIDNIGHT and until > begins else until.date()
    return Occasion(row, begins.date(), max(last, begins.date()), begins, ends)


def _local(screen: CalendarScreen, row: Row, start: Any, name: str) -> tuple[datetime | None, datetime | None]:
    """Local begin and end. Lengths are added to the moment itself, so a change of clocks keeps them true."""
    place = zone(name)
    if isinstance(start, datetime):
        moment = start
    elif screen.time and (text := row.get(screen.time.name)):
        hour, _, minute = str(text).partition(":")
        moment = datetime.combine(start, time(int(hour), int(minute)), place)
    else:
        return None, None
    end = row.get(screen.end.name) if screen.end else None
    if screen.lasting:
        end = moment.astimezone(UTC) + timedelta(minutes=min(int(end), 31 * 24 * 60)) if end else None
    if not isinstance(end, datetime):
        end = None
    return moment.astimezone(place), end.astimezone(place) if end else None


def moved_to(screen: CalendarScreen, row: Row, day: date, zone_name: str) -> Mapping[str, Any]:
    """The values of a record that begins on another day: the same time on the clock, as many days later or earlier."""
    start, place = row[screen.start.name], zone(zone_name)
    first = start.astimezone(place).date() if isinstance(start, datetime) else start
    fields = [screen.start, *([screen.end] if screen.end and not screen.lasting else [])]
    shift = day - first
    return {field.name: _shifted(row.get(field.name), shift, zone_name) for field in fields}


def _shifted(value: Any, shift: timedelta, zone_name: str) -> Any:
    if isinstance(value, datetime):
        local = value.astimezone(zone(zone_name)).replace(tzinfo=None) + shift
        return local.replace(tzinfo=zone(zone_name)).astimezone(UTC)
    return value + shift if isinstance(value, date) else value
