"""One calendar for one person: its days with the events that are drawn on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, get_args
from urllib.parse import urlencode

from engine.forms.colours import hue_by
from engine.forms.columns import is_writable
from engine.forms.contexts import CalendarDay, Event
from engine.forms.model import CalendarScreen
from engine.locale.formats import first_of_week
from engine.records.query import PageRequest
from engine.records.spans import Span
from engine.schema.model import Entity
from engine.web.calendar_rows import InHours, Placed, beside_each_other, rows_of_week
from engine.web.desk import Desk
from engine.web.list_place import place_query
from engine.web.occasions import Occasion, occasion_of

SpanName = Literal["month", "week", "day", "agenda"]
SPANS: tuple[SpanName, ...] = get_args(SpanName)
MOST = 1000
"""Events one statement reads."""
ROWS = 4
"""Rows of events a day of a month shows."""
AGENDA_DAYS = 30
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Calendar:
    desk: Desk
    entity: Entity
    view: CalendarScreen
    request: PageRequest
    span: SpanName
    day: date

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every day shown."""
        match self.span:
            case "month":
                first = first_of_week(self.day.replace(day=1), self.desk.formats.week_start)
                after = _month_later(self.day.replace(day=1), 1)
                count = -(-(after - first).days // 7) * 7
            case "week":
                first, count = first_of_week(self.day, self.desk.formats.week_start), 7
            case "day":
                first, count = self.day, 1
            case "agenda":
                first, count = self.day, AGENDA_DAYS
        return tuple(first + timedelta(days=number) for number in range(count))

    @cached_property
    def _read(self) -> tuple[Sequence[Occasion], bool]:
        view = self.view
        until = view.end.name if view.end and not view.lasting else None
        span = Span(view.start.name, self.days[0], self.days[-1] + timedelta(days=1), until, view.lasting)
        rows, more = self.desk.store.between(self.desk.actor, view.query, span, self.request)
        found = (occasion_of(view, row, self.desk.formats.time_zone) for row in rows)
        return [occasion for occasion in found if occasion is not None], more

    @property
    def is_cut(self) -> bool:
        return self._read[1]

    @cached_property
    def movable(self) -> bool:
        """Whether some events may be moved; each is judged again when it is."""
        allowed = not self.desk.workspace.policy.grant(self.desk.actor, "update", self.entity.name).nothing
        return allowed and is_writable(self.view.start)

    @cached_property
    def timed(self) -> bool:
        return any(occasion.timed for occasion in self._read[0])

    def weeks(self) -> tuple[tuple[CalendarDay, ...], ...]:
        """The days in rows of a week; of an agenda nothing."""
        if self.span == "agenda":
            return ()
        chunks = [self.days[start : start + 7] for start in range(0, len(self.days), 7)]
        return tuple(self._week(chunk) for chunk in chunks)

    def agenda(self) -> tuple[CalendarDay, ...]:
        """The days with events; in a month the chosen day alone, for a phone."""
        days = self.days if self.span in ("agenda", "week", "day") else (self.day,)
        found = [replace(self._day(day), events=self._on(day)) for day in days]
        return tuple(day for day in found if day.events or self.span == "month")

    def hours(self) -> range:
        """The hours down the side: the working day, and earlier or later ones that something is in."""
        if self.span not in ("week", "day") or not self.timed:
            return range(0)
        drawn = [item for day in self.days for item in self._in_hours(day)]
        first = min([8, *(item.begins // 60 for item in drawn)])
        return range(first, max([18, *(-(-item.ends // 60) for item in drawn)]))

    def address(self, **changes: str) -> str:
        """This calendar at another day or span."""
        kept = [(name, value) for name, value in self.desk.request.query.multi_items() if name == "f"]
        shown = {"span": self.span, "day": self.day.isoformat(), **changes}
        return f"/e/{self.entity.name}/v/{self.view.name}?{urlencode([*kept, *shown.items()])}"

    def stepped(self, direction: Literal[-1, 1]) -> date:
        """The day the span before or after this one is opened with."""
        match self.span:
            case "month":
                wanted = _month_later(self.day.replace(day=1), direction)
            case "week":
                wanted = self.day + timedelta(days=7 * direction)
            case "day":
                wanted = self.day + timedelta(days=direction)
            case "agenda":
                wanted = self.day + timedelta(days=AGENDA_DAYS * direction)
        return min(max(wanted, FIRST), LAST)

    def _week(self, days: Sequence[date]) -> tuple[CalendarDay, ...]:
        occasions = [item for item in self._read[0] if self.span == "month" or not item.timed]
        rows = rows_of_week(days, occasions)
        return tuple(self._filled(day, days, cells) for day, cells in zip(days, rows, strict=True))

    def _filled(self, day: date, days: Sequence[date], cells: Sequence[Placed | Occasion | None]) -> CalendarDay:
        most = ROWS if self.span == "month" else len(cells)
        shown = tuple(self._slot(cell, day, days) for cell in cells[:most])
        left = sum(cell is not None for cell in cells[most:])
        first_hour = self.hours().start
        hours = (
            tuple(self._hour_event(item, first_hour) for item in self._in_hours(day)) if self.span != "month" else ()
        )
        return replace(self._day(day), slots=shown, more=left, hours=hours, events=self._on(day))

    def _slot(self, cell: Placed | Occasion | None, day: date, days: Sequence[date]) -> Event | None:
        if cell is None:
            return None
        if isinstance(cell, Occasion):
            return replace(self._event(cell), width=0)
        event = self._event(cell.occasion)
        return replace(event, width=cell.width, before=cell.occasion.first < day, after=cell.occasion.last > days[-1])

    def _in_hours(self, day: date) -> list[InHours]:
        return beside_each_other([occasion for occasion in self._read[0] if occasion.first == day])

    def _hour_event(self, item: InHours, first_hour: int) -> Event:
        top = item.begins - first_hour * 60
        return replace(
            self._event(item.occasion), top=top, length=item.ends - item.begins, left=item.left, share=item.share
        )

    def _on(self, day: date) -> tuple[Event, ...]:
        return tuple(self._event(item) for item in self._read[0] if item.first <= day <= item.last)

    def _day(self, day: date) -> CalendarDay:
        formats, iso = self.desk.formats, day.isoformat()
        head = self.desk.head(self.entity)
        new = f"{head.new_url}?{urlencode({self.view.start.name: self._new_value(day)})}" if head.new_url else ""
        return CalendarDay(
            iso=iso,
            number=str(day.day),
            label=f"{formats.weekday(day)} {formats.date(day)}",
            url=self.address(day=iso),
            agenda_url=self.address(day=iso, span="day"),
            new_url=new if is_writable(self.view.start) else "",
            today=day == formats.today,
            outside=self.span == "month" and day.month != self.day.month,
            chosen=day == self.day,
        )

    def _new_value(self, day: date) -> str:
        """A new event begins on the day, one with a time at nine."""
        return day.isoformat() if self._whole_days else f"{day.isoformat()}T09:00"

    @property
    def _whole_days(self) -> bool:
        return self.view.start.type.widget == "date"

    def _event(self, occasion: Occasion) -> Event:
        row, entity = occasion.row, self.entity.name
        hue, word = self._colour(row)
        return Event(
            id=str(row["id"]),
            version=str(row["version"]),
            title=str(row.get(self.entity.title) or f"#{row['id']}"),
            url=f"/e/{entity}/{row['id']}{place_query(self.desk, self.view)}",
            day=occasion.first.isoformat(),
            time=self._time(occasion),
            hue=hue,
            word=word,
            movable=self.movable,
            move_url=f"/e/{entity}/{row['id']}/day",
        )

    def _time(self, occasion: Occasion) -> str:
        if occasion.begins is None:
            return ""
        begins = f"{occasion.begins:%H:%M}"
        same_day = occasion.ends is not None and occasion.ends > occasion.begins and occasion.first == occasion.last
        return f"{begins} – {occasion.ends:%H:%M}" if same_day else begins

    def _colour(self, row: object) -> tuple[str, str]:
        assert isinstance(row, dict)
        ruled = hue_by(self.view.colours, row)
        option = self.view.colour.option(str(row.get(self.view.colour.name))) if self.view.colour else None
        return ruled or (option.hue if option else ""), self.desk.text(option.label) if option else ""


def _month_later(first: date, months: int) -> date:
    number = first.month - 1 + months
    return date(first.year + number // 12, number % 12 + 1, 1)
