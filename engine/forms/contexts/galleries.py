"""The gallery and the tree: records as cards, and below each other."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import Value
from engine.forms.contexts.lists import FilterPanel, SortChoice
from engine.forms.contexts.shell import EntityHead, Link, Mark, Page
from engine.forms.contexts.views import ViewBar


@dataclass(frozen=True, slots=True)
class GalleryCard:
    id: str
    title: str
    url: str
    mark: Mark
    hue: str = ""
    picture: str = ""
    """Drawn instead of the mark."""
    facts: tuple[tuple[str, Value], ...] = ()
    """Label and value of each fact that is there."""


@dataclass(frozen=True, slots=True)
class GalleryCards:
    """`parts/gallery_cards.html`: the next cards, and the way to those after them."""

    cards: tuple[GalleryCard, ...]
    next_url: str


@dataclass(frozen=True, slots=True)
class GalleryScreen:
    """`screens/gallery.html`."""

    page: Page
    entity: EntityHead
    views: ViewBar
    layouts: tuple[Link, ...]
    filters: FilterPanel
    sorts: tuple[SortChoice, ...]
    search: str
    size: str
    cards: tuple[GalleryCard, ...]
    next_url: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One record; `path` stands before the title where the tree is searched."""

    id: str
    version: str
    parent: str
    title: str
    url: str
    edit_url: str
    move_url: str
    level: int
    mark: Mark
    values: tuple[Value, ...]
    numeric: tuple[int, ...] = ()
    """Which of the values are numbers, by their places."""
    children: int = 0
    open: bool = False
    toggle_url: str = ""
    below_url: str = ""
    """The rows below it: `parts/tree_rows.html`."""
    path: str = ""
    movable: bool = False


@dataclass(frozen=True, slots=True)
class TreeMore:
    """More records on one level than are shown."""

    level: int
    url: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class TreeRows:
    """`parts/tree_rows.html`."""

    rows: tuple[TreeRow | TreeMore, ...]
    columns: int


@dataclass(frozen=True, slots=True)
class TreeScreen:
    """`screens/tree.html`."""

    page: Page
    entity: EntityHead
    views: ViewBar
    layouts: tuple[Link, ...]
    filters: FilterPanel
    search: str
    heads: tuple[tuple[str, bool, int], ...]
    """Label, whether its values are numbers, and width of each column."""
    rows: tuple[TreeRow | TreeMore, ...]
    columns: int
    view: str
    movable: bool = False
    notes: tuple[str, ...] = ()
