"""Dates in records of files: `today-30d`, `now+2h`, or an ISO date and time; and the journey of a stage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.locale.catalogue import message_text
from engine.schema.field_type import ValueRefused
from engine.schema.model import Field

RELATIVE = re.compile(r"(today|now)(?:([+-])(\d{1,5})(min|h|d|w|mo|y))?")
MINUTES = {"min": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
MONTHS = {"mo": 1, "y": 12}
WORKING_HOUR = time(9, 30)


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of a journey and when it was entered; None is now."""

    stage: str
    entered: datetime | None


@dataclass(frozen=True, slots=True)
class Moments:
    """Reads dates that count from `now`, in the workspace's time zone."""

    now: datetime
    zone: ZoneInfo

    def value(self, written: Any, field: Field) -> Any:
        """A date or moment for a field, as its type reads it. Raises `ValueRefused`."""
        if not isinstance(written, str) or not RELATIVE.fullmatch(written):
            return field.type.accept(written, field)
        moment = self.moment(written)
        day = field.type.to_json(moment.astimezone(self.zone).date()) if field.type.name == "date" else None
        return field.type.accept(day or field.type.to_json(moment), field)

    def moment(self, written: Any) -> datetime:
        """`today-30d` is the start of a working day, never later than now unless it lies ahead; `now-2h` is exact.
        Raises `ValueRefused`."""
        found = RELATIVE.fullmatch(str(written))
        try:
            if found is None:
                moment = datetime.fromisoformat(str(written))
                return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
            word, sign, number, unit = found.groups()
            count = int(number or 0) * (-1 if sign == "-" else 1)
            if word == "now":
                return moved(self.now, count, unit or "d")
            start = datetime.combine(self.now.astimezone(self.zone).date(), WORKING_HOUR, self.zone)
            moment = moved(start, count, unit or "d")
        except (ValueError, OverflowError):
            raise ValueRefused(message_text("planting.moment", value=str(written)[:80])) from None
        return moment if count > 0 else min(moment, self.now)

    def journey(self, written: Any) -> list[Step]:
        """`lead today-90d > proposal today-30d` as steps; none for a stage alone. Raises `ValueRefused`."""
        if not isinstance(written, str) or " " not in written.strip():
            return []
        steps = [step.split(maxsplit=1) for step in written.split(">") if step.strip()]
        return [Step(step[0], self.moment(step[1].strip()) if len(step) > 1 else None) for step in steps]


def moved(start: datetime, count: int, unit: str) -> datetime:
    """Months clamp to the month's end."""
    if unit in MINUTES:
        return start + timedelta(minutes=count * MINUTES[unit])
    months = start.year * 12 + start.month - 1 + count * MONTHS[unit]
    first = date(months // 12, months % 12 + 1, 1)
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return start.replace(first.year, first.month, min(start.day, (following - first).days))
