"""What a calendar reads, and the calendar of an entity of events nobody wrote one for."""

from __future__ import annotations

from dataclasses import replace

from engine.expressions.types import Kind
from engine.forms.colours import with_colours
from engine.forms.columns import is_lines, query_fields
from engine.forms.model import CalendarScreen
from engine.locale.text import Text
from engine.schema.model import Entity, Field, ListQuery, Sort

CALENDAR = Text.of({"en": "Calendar", "zh-CN": "日历"})
DAYS = (Kind.DATE, Kind.DATETIME)


def query_of_calendar(screen: CalendarScreen, entity: Entity) -> ListQuery:
    """The query of the screen with every field an event shows; sorted by time, which gives it an index."""
    wanted = (screen.start, screen.end, screen.time, screen.colour)
    fields = query_fields(entity, *(field for field in wanted if field))
    query = replace(screen.query, fields=fields, sort=(Sort(screen.start.name),))
    return with_colours(query, screen.colours)


def default_calendar(entity: Entity) -> CalendarScreen | None:
    """The calendar of an entity that acts as events: its first day or moment, and what fits to it."""
    fields = [field for field in entity.declared if not is_lines(field)]
    kinds = {field.name: field.type.expression_type(field).kind for field in fields}
    start = next((field for field in fields if kinds[field.name] in DAYS), None)
    if entity.acts_as != "event" or start is None:
        return None
    later = [field for field in fields if field is not start]
    same = next((field for field in later if kinds[field.name] is kinds[start.name]), None)
    length = _first(later, "duration")
    time = _first(later, "time") if kinds[start.name] is Kind.DATE else None
    colour = next((field for field in later if kinds[field.name] is Kind.CHOICE), None)
    query = ListQuery(entity.name, ())
    screen = CalendarScreen(entity.name, "calendar", CALENDAR, "calendar", start, query, same or length, time, colour)
    return replace(screen, query=query_of_calendar(screen, entity))


def _first(fields: list[Field], widget: str) -> Field | None:
    return next((field for field in fields if field.type.widget == widget), None)
