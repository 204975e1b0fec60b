"""The records of a calendar: those whose time lies, at least in part, between two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Date, Select, and_, or_, select

from engine.locale.formats import zone
from engine.records.query import ListStatement, PageRequest

LONGEST = timedelta(days=31)
"""How long before the first day an event may begin whose length is a number of minutes."""


@dataclass(frozen=True, slots=True)
class Span:
    """`first` to before `end`, days in the workspace's zone. `until` is a second field of the same type as `start`;
    `lasting` says that records have a length instead, which the database does not look at."""

    start: str
    first: date
    end: date
    until: str | None = None
    lasting: bool = False


class SpanStatement(ListStatement):
    """Builds the statement of one list for one actor, in the order of time."""

    def between(self, request: PageRequest, span: Span) -> Select[tuple[object, ...]]:
        begins = self.rows.table.c[span.start]
        whole_days = isinstance(begins.type, Date)
        first, end = self._edge(span.first, whole_days), self._edge(span.end, whole_days)
        if span.lasting:
            overlaps = and_(begins >= self._edge(span.first - LONGEST, whole_days), begins < end)
        elif span.until:
            ends = self.rows.table.c[span.until]
            overlaps = or_(and_(begins >= first, begins < end), and_(begins < first, ends >= first))
        else:
            overlaps = and_(begins >= first, begins < end)
        where = [*self.where(request), overlaps]
        statement = select(*self.columns()).select_from(self.rows.joined).where(*where)
        return statement.order_by(begins, self.rows.table.c.id).limit(request.limit + 1)

    def _edge(self, day: date, whole_days: bool) -> date | datetime:
        """The day itself, or the moment it starts in the workspace's zone."""
        return day if whole_days else datetime.combine(day, time(0), zone(self.context.time_zone)).astimezone(UTC)
