"""The calendar: days, weeks and the events on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.forms.contexts.lists import FilterPanel
from engine.forms.contexts.shell import EntityHead, Link, Page
from engine.forms.contexts.views import ViewBar


@dataclass(frozen=True, slots=True)
class Event:
    """One record on one day; `width` is over how many days of the row it is drawn, 0 where an earlier day draws it."""

    id: str
    version: str
    title: str
    url: str
    day: str
    """The ISO day it begins."""
    time: str = ""
    """"09:30" or "09:30 – 10:15"; empty for a whole day."""
    hue: str = ""
    word: str = ""
    """What the colour says."""
    width: int = 1
    before: bool = False
    """It began before the row."""
    after: bool = False
    """It goes on after the row."""
    movable: bool = False
    move_url: str = ""
    top: int = 0
    """Minutes from the first hour shown, for a column of hours."""
    length: int = 0
    left: int = 0
    """Percent of the column."""
    share: int = 100


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """`slots` are the events in their rows, None for a row that is free; `more` are left out."""

    iso: str
    number: str
    label: str
    """"Wed 4 Mar 2026"."""
    url: str
    agenda_url: str
    new_url: str = ""
    today: bool = False
    outside: bool = False
    """In another month than the one shown."""
    chosen: bool = False
    slots: tuple[Event | None, ...] = ()
    more: int = 0
    hours: tuple[Event, ...] = ()
    events: tuple[Event, ...] = ()
    """Every event of the day, for an agenda and the dots of a phone."""


@dataclass(frozen=True, slots=True)
class CalendarScreen:
    """`screens/calendar.html`: a month as weeks of days, a week or a day with hours, or an agenda."""

    page: Page
    entity: EntityHead
    views: ViewBar
    layouts: tuple[Link, ...]
    filters: FilterPanel
    span: Literal["month", "week", "day", "agenda"]
    title: str
    spans: tuple[Link, ...]
    previous_url: str
    today_url: str
    next_url: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[CalendarDay, ...], ...]
    hours: tuple[str, ...] = ()
    """The hours down the side of a week or day; none where events have no time."""
    day: str = ""
    agenda: tuple[CalendarDay, ...] = ()
    view: str = ""
    movable: bool = False
    notes: tuple[str, ...] = ()
