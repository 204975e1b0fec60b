"""The home page: tiles with records and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import Value
from engine.forms.contexts.inbox import NoticeRow
from engine.forms.contexts.shell import Mark, Page
from engine.forms.contexts.tasks import TaskRow


@dataclass(frozen=True, slots=True)
class TileRow:
    """One record: a title, at most two facts on either side below it."""

    title: str
    url: str
    mark: Mark | None = None
    value: str = ""
    sub: str = ""
    badge: Value | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """`number` is set for a tile of kind count alone; all others have rows of one kind, or `empty` says what will
    be here."""

    kind: str
    id: str
    label: str
    icon: str
    width: int
    url: str = ""
    """To all of its records."""
    number: str = ""
    detail: str = ""
    rows: tuple[TileRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    notices: tuple[NoticeRow, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class HomeScreen:
    """`screens/home.html`."""

    page: Page
    greeting: str
    date: str
    tiles: tuple[Tile, ...]
