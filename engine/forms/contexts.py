"""What each template may use: one frozen dataclass per screen or fragment, its fields are the template's variables.

Texts are already in the page's language and already formatted; urls are complete paths with their query. An empty
string means "there is none": the template leaves the part out. `rows` and `cell` come from `rows.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.templating import Html

Theme = Literal["", "light", "dark"]
Density = Literal["compact", "comfortable", "relaxed"]
Place = Literal["cell", "prop"]
NO_HTML = Html()


# ---- shell -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    icon: str = ""
    current: bool = False
    count: str = ""
    language: str = ""
    """The language of the label, where it differs from the page's."""


@dataclass(frozen=True, slots=True)
class MenuGroup:
    label: str
    """Empty for the links above the first heading."""
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """An avatar: a circle for people, a rounded square for everything else. Made by `marks.py`."""

    initials: str
    hue: str
    person: bool = False


@dataclass(frozen=True, slots=True)
class Toast:
    text: str
    kind: Literal["ok", "bad"] = "ok"
    undo_url: str = ""
    """POST address that takes the act back."""


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Page:
    """The shell around every screen. `user` is None on login, first run and errors before login."""

    title: str
    language: str
    workspace: str
    csrf: str
    nonce: str
    path: str
    """Path and query of this page: where the theme switch and the login come back to."""
    theme: Theme = ""
    density: Density = "comfortable"
    user: Person | None = None
    menu: tuple[MenuGroup, ...] = ()
    languages: tuple[Link, ...] = ()
    """The other languages this page can be read in, on pages before login."""
    toasts: tuple[Toast, ...] = ()
    admin: bool = False
    """Whether the menu offers the people page."""

    @property
    def tabs(self) -> tuple[Link, ...]:
        """The first links of the menu, for the phone's tab bar."""
        return tuple(link for group in self.menu for link in group.links)[:4]


@dataclass(frozen=True, slots=True)
class EntityHead:
    """What screens say about an entity. `new_url` is empty when the person may not create records."""

    name: str
    label: str
    plural: str
    icon: str
    hue: str
    url: str
    new_url: str = ""


# ---- values and controls ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tag:
    text: str
    hue: str


@dataclass(frozen=True, slots=True)
class Value:
    """One formatted value, drawn by `widgets/<widget>/value.html`. `text` is empty when the value is."""

    widget: str
    text: str
    href: str = ""
    hue: str = ""
    mark: Mark | None = None
    yes: bool = False
    """For a boolean: whether it is true."""
    tags: tuple[Tag, ...] = ()
    html: Html = NO_HTML
    """For a rich text: what is drawn instead of `text`."""


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    label: str
    hue: str = ""
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One input of a control that has several; all of them post the name of the control."""

    name: str
    id: str
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class LineRow:
    """A row of line items in a form. Control names are `<field>.<index>.<column>`; a stored row's id travels as
    `<field>.<index>.id`."""

    index: str
    id: str
    controls: tuple[Control, ...]
    delete: bool = False
    """Removed on the form: it is out of sight and goes when the form is saved."""


@dataclass(frozen=True, slots=True)
class LineForm:
    heads: tuple[LineHead, ...]
    rows: tuple[LineRow, ...]
    blank: LineRow
    """The row that "Add" copies; its index is `__n__`, which the script replaces by the next free number."""


@dataclass(frozen=True, slots=True)
class LineHead:
    label: str
    numeric: bool = False
    required: bool = False
    width: int = 160


@dataclass(frozen=True, slots=True)
class Control:
    """One field in a form or inline editor, drawn by `widgets/<widget>/control.html`.

    `text` is what is in the input: the typed text after an error, else the value's edit text. A boolean is "true" or
    "false"; a choice its key; a link the id. A boolean posts "false" and, when ticked, "true" after it: the last
    value counts. Where several choices may be ticked, or `parts` typed, the name is posted once for each."""

    widget: str
    name: str
    id: str
    label: str
    text: str = ""
    error: str = ""
    help: str = ""
    icon: str = ""
    required: bool = False
    readonly: bool = False
    wide: bool = False
    focus: bool = False
    choices: tuple[Choice, ...] = ()
    """Options of a choice or stage; for a link at least the chosen record, plus recent ones when at hand."""
    prefix: str = ""
    """The currency of a money field."""
    suffix: str = ""
    max_length: int = 0
    numeric: bool = False
    pick_url: str = ""
    """`/pick/<entity>?field=<entity.field>`; the script adds `&q=`."""
    create_url: str = ""
    """`/e/<entity>/new?dialog=1`, empty when the person may not create one."""
    target_label: str = ""
    """Name of the entity a link points at."""
    person: bool = False
    lines: LineForm | None = None
    parts: tuple[Part, ...] = ()

    @property
    def group(self) -> bool:
        """Several inputs under one label."""
        return bool(self.parts) or self.widget in ("children", "multi_choice", "rating")


@dataclass(frozen=True, slots=True)
class FormError:
    id: str
    """Id of the control the message links to; empty for a message about the whole record."""
    label: str
    message: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field somebody else changed meanwhile. Posts `choose__<name>` = `mine` or `theirs`."""

    name: str
    label: str
    mine: str
    theirs: str
    by: str
    when: str


# ---- list ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FilterComparison:
    key: str
    label: str
    values: Literal["none", "one", "two", "many"] = "one"


@dataclass(frozen=True, slots=True)
class FilterField:
    """A field that can be filtered. `kind` says which input asks for a value."""

    name: str
    label: str
    icon: str
    hue: str
    kind: Literal["text", "number", "date", "datetime", "choice", "record"]
    comparisons: tuple[FilterComparison, ...]
    add_url: str
    """This page with a row for the field in an open filter panel: the way without script."""
    choices: tuple[Choice, ...] = ()
    pick_url: str = ""

    @property
    def blank(self) -> FilterRow:
        """The row that adding a condition on this field starts with; the script numbers it."""
        return FilterRow("__n__", self, self.comparisons[0].key, choices=self.choices)


@dataclass(frozen=True, slots=True)
class FilterRow:
    """One condition in the panel. Posts `ff<index>` (field), `fc<index>` (comparison), `fv<index>` (0 to n values);
    `filter_form.canonical` turns those into `f=` parameters."""

    index: str
    field: FilterField
    comparison: str
    values: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    """The field's choices with `selected` set; for a record the chosen one."""


@dataclass(frozen=True, slots=True)
class FilterChip:
    label: str
    icon: str
    comparison: str
    value: str
    remove_url: str
    row: str
    """Index of its row in the panel."""


@dataclass(frozen=True, slots=True)
class FilterPanel:
    action: str
    carry: tuple[tuple[str, str], ...]
    """Query parameters the panel keeps (sort, cols, q), as hidden inputs."""
    chips: tuple[FilterChip, ...]
    rows: tuple[FilterRow, ...]
    fields: tuple[FilterField, ...]
    clear_url: str = ""
    """Empty when nothing is filtered beyond the view itself."""
    open: bool = False
    """Drawn open inside the page, for browsers without script."""


@dataclass(frozen=True, slots=True)
class SortChoice:
    label: str
    icon: str
    url: str
    direction: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    name: str
    label: str
    icon: str
    shown: bool
    fixed: bool = False
    """The title column cannot be hidden."""


@dataclass(frozen=True, slots=True)
class ColumnMenu:
    """A GET form posting `cols` once per shown column, in order."""

    action: str
    carry: tuple[tuple[str, str], ...]
    choices: tuple[ColumnChoice, ...]


@dataclass(frozen=True, slots=True)
class ColumnHead:
    name: str
    label: str
    numeric: bool = False
    width: int = 180
    sort_url: str = ""
    """Empty when the column cannot be sorted."""
    sorted: Literal["", "ascending", "descending"] = ""
    total: str = ""
    """Formatted sum or average for the foot of the table."""
    total_label: str = ""


@dataclass(frozen=True, slots=True)
class Pager:
    text: str
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True, slots=True)
class ListScreen:
    """`screens/list.html`; also `parts/list.html`, the region `#list` alone."""

    page: Page
    entity: EntityHead
    views: tuple[Link, ...]
    layouts: tuple[Link, ...]
    """The view-switch: links to the list and the board of the entity, with icons."""
    filters: FilterPanel
    sorts: tuple[SortChoice, ...]
    columns_menu: ColumnMenu
    search: str
    heads: tuple[ColumnHead, ...]
    rows: Html
    count_text: str
    """"18 deals", in the first cell of the foot."""
    pager: Pager
    state: Literal["rows", "empty", "nothing", "error"] = "rows"
    """`empty`: no records at all. `nothing`: the filters leave none. `error`: the list could not be read."""
    outside: int = 0
    """For `nothing`: how many records exist outside the filters."""
    notes: tuple[str, ...] = ()
    """What in the address could not be understood and was left out, each as a sentence."""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """The foot of one column, sent out of band after a cell was saved."""

    name: str
    label: str
    text: str


# ---- inline edit -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CellEditor:
    """`parts/editor.html`: a cell or property as an input; 422 sends it again with `control.error`."""

    url: str
    csrf: str
    version: str
    place: Place
    control: Control
    slot: str = ""


@dataclass(frozen=True, slots=True)
class CellConflict:
    """`parts/editor_conflict.html`, status 409: both values; each button posts its own."""

    url: str
    csrf: str
    version: str
    """The version that is stored now."""
    place: Place
    control: Control
    mine: str
    theirs: str
    theirs_text: str
    by: str
    slot: str = ""


@dataclass(frozen=True, slots=True)
class SavedCell:
    """`parts/cell.html`: the cell again (from `Rows.cell`), with the totals it changed."""

    cell: Html
    totals: tuple[Total, ...] = ()


# ---- record ----------------------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class SavedProp:
    """`parts/prop_saved.html`: the property again, with others the write changed (out of band), and the head."""

    prop: Prop
    others: tuple[Prop, ...] = ()
    facts: tuple[Fact, ...] = ()
    title: str = ""
    """The record's new title, when the title field was written."""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    props: tuple[Prop, ...]
    open: bool = True


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
class StagePath:
    label: str
    steps: tuple[Step, ...]
    """In pipeline order. Lost stages are drawn beside the path, unless the record is in one."""


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
class Related:
    """A list of records that link here."""

    name: str
    label: str
    icon: str
    count: int
    heads: tuple[ColumnHead, ...]
    rows: Html
    add_url: str = ""
    all_url: str = ""
    """The full list with the filter set, when more exist than are shown."""


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    what: Literal["created", "updated", "deleted", "restored", "moved"]
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
    facts: tuple[Fact, ...] = ()
    tags: tuple[Value, ...] = ()
    path: StagePath | None = None
    lines: tuple[LineTable, ...] = ()
    related: tuple[Related, ...] = ()
    history: History | None = None
    """None: the page fetches it by itself when it is looked at."""
    may_edit: bool = False
    may_delete: bool = False
    deleted: bool = False
    """In the recycle bin: a notice with "Restore" stands above, nothing is editable."""


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
    place: Literal["record", "board"]
    id: str
    title: str
    source: Choice
    target: Choice
    reasons: tuple[str, ...]
    """Sentences: what keeps the record where it is. Empty when answers alone are missing."""
    controls: tuple[Control, ...] = ()
    """What the transition asks for. Without controls the dialog only explains."""
    cancel_url: str = ""


@dataclass(frozen=True, slots=True)
class MoveDialog:
    """`parts/move.html`, status 422: the fragment that asks."""

    move: Move


@dataclass(frozen=True, slots=True)
class MoveScreen:
    """`screens/move.html`: the same as a page, for browsers without script."""

    page: Page
    move: Move


# ---- form ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FormSection:
    title: str
    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True)
class FormScreen:
    """`screens/form.html`; `parts/form_dialog.html` when it was asked for with `dialog=1`."""

    page: Page
    entity: EntityHead
    crumbs: tuple[Link, ...]
    title: str
    action: str
    sections: tuple[FormSection, ...]
    submit: str
    cancel_url: str
    version: str = ""
    """Empty when a record is created."""
    errors: tuple[FormError, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    for_field: str = ""
    """In a dialog: id of the picker that gets the new record."""


@dataclass(frozen=True, slots=True)
class PickOption:
    id: str
    title: str
    mark: Mark
    sub: str = ""


@dataclass(frozen=True, slots=True)
class PickList:
    """`parts/options.html`, the fragment `/pick/<entity>`: options of a searching combobox."""

    options: tuple[PickOption, ...]
    recent: bool = False
    """The options are recently used ones, because nothing was typed yet."""


# ---- board -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Card:
    """`parts/card.html` sends one again after a move. All values are formatted; a card shows those it has."""

    id: str
    version: str
    title: str
    url: str
    link: Value | None = None
    value: str = ""
    date: str = ""
    late: bool = False
    more: tuple[Value, ...] = ()
    rots: str = ""
    """"16 d" when the card stayed in its stage for longer than it should."""
    rots_help: str = ""
    owner: Value | None = None
    movable: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    key: str
    label: str
    hue: str
    kind: Literal["open", "won", "lost", "hold"]
    count: int
    cards: tuple[Card, ...] = ()
    sum: str = ""
    weighted: str = ""
    share: int = 0
    """0 to 100: the sum as a share of the largest lane."""
    new_url: str = ""
    more_url: str = ""
    """The list of the lane, when more records exist than cards are shown."""
    more: int = 0
    note: str = ""
    """For an end lane: "11 deals, $642k"."""


@dataclass(frozen=True, slots=True)
class BoardTotal:
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class BoardScreen:
    """`screens/board.html`. Lanes of kind `won` and `lost` are drawn as end zones."""

    page: Page
    entity: EntityHead
    views: tuple[Link, ...]
    layouts: tuple[Link, ...]
    filters: FilterPanel
    sorts: tuple[SortChoice, ...]
    totals: tuple[BoardTotal, ...]
    lanes: tuple[Lane, ...]
    notes: tuple[str, ...] = ()
    """What in the address could not be understood and was left out, each as a sentence."""


@dataclass(frozen=True, slots=True)
class CardMoved:
    """`parts/card_moved.html`: the card again, with the heads of the lanes it left and entered (out of band)."""

    card: Card
    entity: EntityHead
    lanes: tuple[Lane, ...]
    totals: tuple[BoardTotal, ...] = ()


# ---- login, first run, profile, people, errors -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LoginScreen:
    """`screens/login.html`: posts `email`, `password`, `next` to `/login`."""

    page: Page
    email: str = ""
    next: str = ""
    error: str = ""
    note: str = ""
    """"Sessions end after 12 hours away", or nothing."""


@dataclass(frozen=True, slots=True)
class BlueprintEntity:
    label: str
    icon: str
    hue: str


@dataclass(frozen=True, slots=True)
class BlueprintCard:
    name: str
    title: str
    summary: str
    hue: str
    art: Literal["board", "member", "ring", "steps", "funnel", "calendar", "gallery", "blank"]
    size: str
    """"6 entities, 3 roles\""""
    entities: tuple[BlueprintEntity, ...]
    stages: tuple[Choice, ...]
    roles: str
    languages: tuple[str, ...]
    version: str


@dataclass(frozen=True, slots=True)
class SetupScreen:
    """`screens/setup.html`: a GET form to `/setup` with `blueprint` and `sample` (true or absent)."""

    page: Page
    blueprints: tuple[BlueprintCard, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class SetupAccountScreen:
    """`screens/setup_account.html`: posts `blueprint sample workspace name email password` to `/setup`."""

    page: Page
    blueprint: BlueprintCard
    sample: bool
    controls: tuple[Control, ...]
    """workspace (text), name (text), email (email), password (password), in this order."""
    errors: tuple[FormError, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionRow:
    id: str
    device: str
    last_seen: str
    current: bool


@dataclass(frozen=True, slots=True)
class ProfileScreen:
    """`screens/profile.html`: posts `language theme density` (any of them, with `next`) to `/profile`,
    `current password repeat` to `/profile/password`, nothing to `/profile/sessions/<id>/revoke`."""

    page: Page
    name: str
    email: str
    mark: Mark
    roles: str
    languages: tuple[Choice, ...]
    password: tuple[Control, ...]
    """current, password, repeat: widget `password`."""
    sessions: tuple[SessionRow, ...]
    errors: tuple[FormError, ...] = ()


@dataclass(frozen=True, slots=True)
class UserRow:
    id: str
    name: str
    email: str
    mark: Mark
    roles: str
    active: bool
    last_seen: str
    myself: bool = False


@dataclass(frozen=True, slots=True)
class UsersScreen:
    """`screens/users.html`: posts `name email role` to `/users`, nothing to `/users/<id>/deactivate` and
    `/users/<id>/activate`."""

    page: Page
    users: tuple[UserRow, ...]
    controls: tuple[Control, ...]
    """name (text), email (email), role (choice)."""
    errors: tuple[FormError, ...] = ()
    made: str = ""
    """Email of the person just added."""
    first_password: str = ""
    """Their first password, shown once."""


@dataclass(frozen=True, slots=True)
class ErrorScreen:
    """`screens/error.html`: what was refused or went wrong, inside the shell when somebody is logged in."""

    page: Page
    status: Literal[400, 403, 404, 422, 429, 500]
    message: str = ""
    """What was refused and why; empty: the usual sentence of the status."""
    reference: str = ""
    retry_url: str = ""
