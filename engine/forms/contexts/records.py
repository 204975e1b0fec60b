"""The page of one record: sections, stage path, line items, related lists, history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.forms.contexts.controls import NO_HTML, Choice, Control, LineRow, Value
from engine.forms.contexts.files import FileItem, FilesBlock
from engine.forms.contexts.lists import ColumnHead
from engine.forms.contexts.related import Related
from engine.forms.contexts.shell import EntityHead, Link, Mark, Page
from engine.templating import Html


@dataclass(frozen=True, slots=True)
class Prop:
    """One field of a record, read first. `url` is empty when the person may not change it."""

    name: str
    label: str
    icon: str
    value: Value
    url: str = ""
    """`/e/<entity>/<id>/cell/<field>`"""
    edit_url: str = ""
    """The edit page, for browsers without script."""
    locked: str = ""
    """Why it cannot be edited; empty when it can or when there is nothing to say."""
    wide: bool = False
    needed: bool = False
    saved: bool = False
    """Just saved: the property flashes."""
    block: FilesBlock | None = None
    """For a field of files: what is drawn instead of `value`."""
    why_url: str = ""
    """For a computed value: where it is explained. `locked` says how it is worked out."""


@dataclass(frozen=True, slots=True)
class SavedProp:
    """`parts/prop_saved.html`: the property again, with others the write changed (out of band), and the head."""

    prop: Prop
    others: tuple[Prop, ...] = ()
    changed: bool = False
    """Something was written: the head of the page is sent along."""
    company: Value | None = None
    tags: tuple[Value, ...] = ()
    facts: tuple[Fact, ...] = ()
    title: str = ""
    """The record's new title, when the title field was written."""


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class Step:
    key: str
    label: str
    state: Literal["done", "now", "ahead"]
    kind: Literal["open", "won", "lost", "hold"]
    hue: str
    allowed: bool = True
    spent: str = ""
    """Time spent in the stage, "4 d"."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What is left before the next stage, or that the record may go on."""

    stage: str
    label: str
    missing: tuple[str, ...] = ()
    """Names of the empty fields it asks for."""
    fields: str = ""
    """Their labels as a list."""
    fill_url: str = ""
    """The form at the first of them, for browsers without script."""


@dataclass(frozen=True, slots=True)
class StagePath:
    label: str
    steps: tuple[Step, ...]
    """In pipeline order. Lost stages are drawn beside the path, unless the record is in one."""
    guide: Guide | None = None


@dataclass(frozen=True, slots=True)
class LineTable:
    """Line items on the record page, edited in place. `rows` come from the line entity's own `Rows`."""

    field: str
    label: str
    count: int
    heads: tuple[ColumnHead, ...]
    rows: Html
    may_add: bool
    add: LineRow | None = None
    """The controls of the row that adds one; names are plain field names of the line entity."""
    add_error: str = ""


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """One of the three: a table of line items, a related list, or a standing text."""

    lines: LineTable | None = None
    related: Related | None = None
    help: Html = NO_HTML


@dataclass(frozen=True, slots=True)
class Section:
    """Without a title and fields its blocks stand by themselves."""

    id: str
    title: str
    props: tuple[Prop, ...] = ()
    blocks: tuple[SectionBlock, ...] = ()
    open: bool = True


What = Literal["created", "updated", "deleted", "restored", "moved", "attached"]


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str
    files: tuple[FileItem, ...] = ()
    """Files that were attached and still are."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    what: What
    who: str
    when: str
    when_full: str
    source: str = ""
    """Where from, when not from the screens: "Import", "API"."""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """`parts/history.html`, the fragment `/e/<entity>/<id>/history`."""

    entries: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True)
class RecordScreen:
    """`screens/record.html`; `parts/record.html` is its region `#record`, sent after a stage move."""

    page: Page
    entity: EntityHead
    id: str
    version: str
    title: str
    mark: Mark
    crumbs: tuple[Link, ...]
    sections: tuple[Section, ...]
    """Those of the tab that is open."""
    company: Value | None = None
    """The record it belongs to, under the title."""
    tags: tuple[Value, ...] = ()
    facts: tuple[Fact, ...] = ()
    path: StagePath | None = None
    tabs: tuple[Link, ...] = ()
    """Each an address of this page; empty when everything stands below one another."""
    starred: bool = False
    place: ListPlace | None = None
    carried: str = ""
    """What the link to the form ends with: where the record was opened from."""
    may_edit: bool = False
    may_delete: bool = False
    deleted: bool = False
    """In the recycle bin: a notice with "Restore" stands above, nothing is editable."""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """The list the record was opened from, and the records beside it. An empty address: there is none."""

    view: Link
    text: str
    """"3 of 48"."""
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True, slots=True)
class StarButton:
    """`parts/star.html`: posts `on` to `<here>/star`."""

    here: str
    csrf: str
    starred: bool


@dataclass(frozen=True, slots=True)
class LineAdded:
    """`parts/line_added.html`: the new row, a fresh row to add another, and the count (out of band)."""

    url: str
    csrf: str
    table: LineTable
    """With `rows` holding the one new row."""


@dataclass(frozen=True, slots=True)
class LineRefused:
    """`parts/line_refused.html`, status 422: the row of controls again, with errors and the typed texts."""

    url: str
    csrf: str
    table: LineTable


@dataclass(frozen=True, slots=True)
class Move:
    """Why a stage move was not made and what it asks for."""

    url: str
    csrf: str
    version: str
    place: Literal["record", "board", "peek"]
    id: str
    title: str
    source: Choice
    target: Choice
    reasons: tuple[str, ...]
    """Sentences: what keeps the record where it is. Empty when answers alone are missing."""
    controls: tuple[Control, ...] = ()
    """What the transition asks for. Without controls the dialog only explains."""
    cancel_url: str = ""
    view: str = ""
    """The board the card was moved on."""
    row: str = ""


@dataclass(frozen=True, slots=True)
class MoveDialog:
    """`parts/move.html`, status 422: the fragment that asks."""

    move: Move


@dataclass(frozen=True, slots=True)
class MoveScreen:
    """`screens/move.html`: the same as a page, for browsers without script."""

    page: Page
    move: Move
