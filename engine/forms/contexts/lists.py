"""The list: filters, sort, columns, heads, pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.forms.contexts.controls import NO_HTML, Choice
from engine.forms.contexts.shell import EntityHead, Link, Mark, Page
from engine.forms.contexts.views import ViewBar
from engine.templating import Html


@dataclass(frozen=True, slots=True)
class FilterComparison:
    key: str
    label: str
    values: Literal["none", "one", "two", "many", "number"] = "one"
    """`number` asks for a number where the other comparisons of the field offer choices."""


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
    group: str = ""
    """Rows with the same one are alternatives; they post it as `fg<index>`."""

    @property
    def number(self) -> str:
        """What was typed where the comparison asks for a number instead of choices."""
        counted = any(each.key == self.comparison and each.values == "number" for each in self.field.comparisons)
        return self.values[0] if counted and self.values else ""


@dataclass(frozen=True, slots=True)
class FilterRows:
    """A group in the panel: any of its rows must hold."""

    number: str
    rows: tuple[FilterRow, ...]


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
    groups: tuple[FilterRows, ...] = ()
    group_url: str = ""
    """This page with an empty group in an open panel: the way without script."""
    count_url: str = ""
    """Asked with what the panel says, gives the words of its button: how many records that leaves."""
    blank_url: str = ""
    """This page's address when nothing is asked of it."""
    clear_url: str = ""
    """Empty when nothing is filtered beyond the view itself."""
    open: bool = False
    """Drawn open inside the page, for browsers without script."""


@dataclass(frozen=True, slots=True)
class FilterRegion:
    """`parts/filter_panel.html`, sent alone."""

    entity: EntityHead
    filters: FilterPanel


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
    pinned: bool = False
    """It stays in sight while the rest scrolls sideways."""


@dataclass(frozen=True, slots=True)
class ColumnMenu:
    """A form posting `cols` once per shown column, in order, and `pins` once per pinned one."""

    action: str
    csrf: str
    next: str
    """Where to come back to: this page, without columns in its address."""
    choices: tuple[ColumnChoice, ...]
    density: str
    arranged: bool = False
    """The person changed something that can be put back."""

    @property
    def shown(self) -> tuple[ColumnChoice, ...]:
        return tuple(choice for choice in self.choices if choice.shown)

    @property
    def hidden(self) -> tuple[ColumnChoice, ...]:
        return tuple(choice for choice in self.choices if not choice.shown)


@dataclass(frozen=True, slots=True)
class ColumnMenuRegion:
    """`parts/column_menu.html`, sent alone."""

    columns_menu: ColumnMenu


@dataclass(frozen=True, slots=True)
class GroupChoice:
    label: str
    icon: str
    url: str
    chosen: bool = False
    period: bool = False
    """How long the period of the day above it is."""


@dataclass(frozen=True, slots=True)
class GroupMenu:
    """Links to the same list under other groups."""

    choices: tuple[GroupChoice, ...]


@dataclass(frozen=True, slots=True)
class GroupMenuRegion:
    """`parts/group_menu.html`, sent alone."""

    group_menu: GroupMenu


@dataclass(frozen=True, slots=True)
class ListGroup:
    """The rows of one group under its head."""

    key: str
    label: str
    hue: str
    """Of an option; empty where the group is none."""
    mark: Mark | None
    """Of a linked record or a person."""
    count: str
    note: str
    """Where the rest of the group is: "12 more on the next page"."""
    totals: tuple[Total, ...]
    """For each column behind the head of the group."""
    rows: Html
    stage: bool = False
    """It is drawn as a stage."""


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
class TableLayout:
    """How the person arranged the table. `url` takes changes; `pins` are where the pinned columns behind the title
    stay, in CSS pixels; `sized`: columns keep their width, and the last one takes what room is left."""

    url: str = ""
    pins: tuple[int, ...] = ()
    sized: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    text: str
    previous_url: str = ""
    next_url: str = ""
    count_url: str = ""
    """This page with every record counted, where there are more than were."""


@dataclass(frozen=True, slots=True)
class BulkActs:
    """What the person may do with selected records, as far as their roles say."""

    edit: bool = False
    move: bool = False
    assign: bool = False
    tag: bool = False
    merge: bool = False
    delete: bool = False

    @property
    def any(self) -> bool:
        return self.edit or self.move or self.assign or self.tag or self.delete


@dataclass(frozen=True, slots=True)
class ListScreen:
    """`screens/list.html`; also `parts/list.html`, the region `#list` alone."""

    page: Page
    entity: EntityHead
    views: ViewBar
    layouts: tuple[Link, ...]
    """The view-switch: links to the list and the board of the entity, with icons."""
    filters: FilterPanel
    sorts: tuple[SortChoice, ...]
    columns_menu: ColumnMenu | None
    """None: it is fetched when it is first opened."""
    columns_url: str
    filter_url: str
    """This page with the filter panel drawn open; the script fetches the panel from there when it is first opened."""
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
    starred: Link | None = None
    """To the records the person starred, or back to all."""
    peek: Html = NO_HTML
    """The record beside the list, drawn by `parts/peek.html`."""
    total: int = 0
    """How many records the list has; with `first_page` it lets the script say "4 of 18"."""
    more: bool = False
    """There are more than `total` or `outside` tells."""
    first_page: bool = True
    selectable: bool = False
    """Rows start with a checkbox."""
    staged: bool = False
    """Records have stages."""
    bulk: BulkActs | None = None
    tinted: bool = False
    """Rows or cells may have a colour."""
    grouped: str = ""
    """What the rows are grouped by: "Stage"."""
    groups: tuple[ListGroup, ...] = ()
    """The rows once more, under the heads of their groups."""
    group_span: int = 0
    """How many columns the head of a group takes."""
    group_url: str = ""
    """This page with the menu of groups drawn open; the script fetches the menu from there."""
    group_menu: GroupMenu | None = None
    """None: it is fetched when it is first opened."""
    layout: TableLayout = TableLayout()


@dataclass(frozen=True, slots=True)
class Total:
    """What stands below a column, or on the head of a group; sent out of band after a cell was saved."""

    name: str
    label: str
    text: str
    numeric: bool = True
