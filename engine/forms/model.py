"""The frozen screens of a blueprint: lists, boards, forms, record pages and the menu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.expressions.parse import Expression
from engine.expressions.types import Kind
from engine.forms.colour_rule import ColourRule
from engine.locale.text import Text
from engine.schema.model import Field, ListQuery

TotalKind = Literal["sum", "average", "min", "max", "count"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list, or a field on a card. `field` is always a field of the view's own entity."""

    field: Field
    label: Text
    width: int
    slot: str | None = None
    """Place on a phone card: title, value, sub, sub2, badge, meta."""
    total: TotalKind | None = None
    editable: bool = False


@dataclass(frozen=True, slots=True)
class PivotGroup:
    """What the rows of a pivot or a list are grouped by."""

    field: Field
    by: str = ""
    """For a day or moment: day, month, quarter or year."""

    @property
    def key(self) -> str:
        """How the address names it."""
        return f"{self.field.name}.{self.by}" if self.by else self.field.name


@dataclass(frozen=True, slots=True)
class ListScreen:
    entity: str
    name: str
    label: Text
    icon: str
    columns: tuple[Column, ...]
    query: ListQuery
    default: bool = False
    for_roles: tuple[str, ...] = ()
    """Empty: everybody who may read the entity."""
    group: PivotGroup | None = None
    """What its rows stand under."""
    colours: tuple[ColourRule, ...] = ()
    kind: Literal["list"] = "list"


@dataclass(frozen=True, slots=True)
class BoardScreen:
    entity: str
    name: str
    label: Text
    icon: str
    by: Field
    """The stage or choice field whose options are the lanes."""
    card: tuple[Column, ...]
    sum: Field | None
    query: ListQuery
    default: bool = False
    for_roles: tuple[str, ...] = ()
    swimlane: Field | None = None
    """The choice, link or user field whose values are rows across the lanes."""
    limits: Mapping[str, int] = field(default_factory=dict)
    """Lane -> how many cards it should hold at most."""
    colour: Field | None = None
    """The field whose option gives a card its hue."""
    colours: tuple[ColourRule, ...] = ()
    kind: Literal["board"] = "board"


@dataclass(frozen=True, slots=True)
class CalendarScreen:
    """Records on the days of `start`, a date or a moment."""

    entity: str
    name: str
    label: Text
    icon: str
    start: Field
    query: ListQuery
    end: Field | None = None
    """The last day, the moment it ends, or how long it takes."""
    time: Field | None = None
    """The time of day of a record that begins on a date."""
    colour: Field | None = None
    colours: tuple[ColourRule, ...] = ()
    default: bool = False
    for_roles: tuple[str, ...] = ()
    kind: Literal["calendar"] = "calendar"

    @property
    def lasting(self) -> bool:
        """Whether the end is a length, not a day or a moment."""
        return self.end is not None and self.end.type.expression_type(self.end).kind is Kind.NUMBER


@dataclass(frozen=True, slots=True)
class Measure:
    function: Literal["count", "sum", "avg"]
    field: Field | None = None

    @property
    def key(self) -> str:
        return f"{self.function}.{self.field.name}" if self.field else self.function


@dataclass(frozen=True, slots=True)
class PivotScreen:
    """Records counted and added up by the values of fields."""

    entity: str
    name: str
    label: Text
    icon: str
    rows: tuple[PivotGroup, ...]
    across: PivotGroup | None
    measures: tuple[Measure, ...]
    query: ListQuery
    default: bool = False
    for_roles: tuple[str, ...] = ()
    kind: Literal["pivot"] = "pivot"


@dataclass(frozen=True, slots=True)
class GalleryScreen:
    """Records as cards with a mark."""

    entity: str
    name: str
    label: Text
    icon: str
    card: tuple[Column, ...]
    query: ListQuery
    size: Literal["small", "medium", "large"] = "medium"
    colour: Field | None = None
    colours: tuple[ColourRule, ...] = ()
    default: bool = False
    for_roles: tuple[str, ...] = ()
    kind: Literal["gallery"] = "gallery"


@dataclass(frozen=True, slots=True)
class TreeScreen:
    """Records below the one `parent` leads to."""

    entity: str
    name: str
    label: Text
    icon: str
    parent: Field
    columns: tuple[Column, ...]
    query: ListQuery
    default: bool = False
    for_roles: tuple[str, ...] = ()
    kind: Literal["tree"] = "tree"


ViewScreen = ListScreen | BoardScreen | CalendarScreen | GalleryScreen | TreeScreen | PivotScreen


@dataclass(frozen=True, slots=True)
class Cell:
    field: Field
    width: Literal["half", "full"]


@dataclass(frozen=True, slots=True)
class LinesBlock:
    """A table of line items edited in place: the `children` field and the columns of the child entity."""

    field: Field
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class RelatedBlock:
    """Records of `entity` whose link field `by` points at the record on the page."""

    entity: str
    by: str
    label: Text
    columns: tuple[Column, ...]
    query: ListQuery


@dataclass(frozen=True, slots=True)
class HelpBlock:
    """Standing text among the fields; safe HTML in each language."""

    html: Text


Block = LinesBlock | RelatedBlock | HelpBlock


@dataclass(frozen=True, slots=True)
class Section:
    """Fields and blocks under one heading, in their order. Without cells a block stands by itself."""

    id: str
    label: Text
    items: tuple[Cell | Block, ...]
    collapsed: bool = False
    visible: Expression | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(item for item in self.items if isinstance(item, Cell))

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(item for item in self.items if not isinstance(item, Cell))


@dataclass(frozen=True, slots=True)
class Tab:
    id: str
    label: Text
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class FormScreen:
    entity: str
    name: str
    sections: tuple[Section, ...]
    """Those of all tabs."""
    tabs: tuple[Tab, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(cell.field for section in self.sections for cell in section.cells)

    @property
    def order(self) -> tuple[str, ...]:
        """The names of its fields and line items as they stand; a column is `lines.product`."""
        names: list[str] = []
        for item in (item for section in self.sections for item in section.items):
            if isinstance(item, Cell | LinesBlock):
                names.append(item.field.name)
            if isinstance(item, LinesBlock):
                names += [f"{item.field.name}.{column.field.name}" for column in item.columns]
        return tuple(names)

    @property
    def lines(self) -> tuple[LinesBlock, ...]:
        return tuple(block for block in self._blocks if isinstance(block, LinesBlock))

    @property
    def related(self) -> tuple[RelatedBlock, ...]:
        return tuple(block for block in self._blocks if isinstance(block, RelatedBlock))

    @property
    def _blocks(self) -> Iterator[Block]:
        return (block for section in self.sections for block in section.blocks)


@dataclass(frozen=True, slots=True)
class RecordScreen:
    entity: str
    header: tuple[Field, ...]
    form: FormScreen
    related: tuple[RelatedBlock, ...] = ()
    """Below the form; those its sections hold are not among them."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    label: Text
    icon: str
    entity: str
    view: str | None = None
    """None opens the entity's default view."""


@dataclass(frozen=True, slots=True)
class MenuGroup:
    id: str
    label: Text | None
    entries: tuple[MenuEntry, ...]
    folded: bool = False
    """Shown as its heading alone until somebody opens it, or a page of it."""
    folded_for: tuple[str, ...] = ()
    """Who sees it folded: those with none but these roles."""
    for_roles: tuple[str, ...] = ()
    """Who sees it; everybody when empty."""


TileKind = Literal["tasks", "list", "count", "recent", "starred", "inbox"]


@dataclass(frozen=True, slots=True)
class TileRecords:
    """Which records a tile is about. `url` opens all of them."""

    entity: str
    query: ListQuery
    url: str
    columns: tuple[Column, ...] = ()
    view: str | None = None
    """The view of the entity they are read from."""
    sum: Field | None = None


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of the home page; `records` is None for what is the person's own, such as the inbox."""

    kind: TileKind
    label: Text | None = None
    width: int = 2
    limit: int = 6
    for_roles: tuple[str, ...] = ()
    records: TileRecords | None = None


@dataclass(frozen=True, slots=True)
class Screens:
    """Every screen: views, forms and record pages by entity name, the menu and the home page."""

    views: Mapping[str, Mapping[str, ViewScreen]] = field(default_factory=dict)
    forms: Mapping[str, Mapping[str, FormScreen]] = field(default_factory=dict)
    records: Mapping[str, RecordScreen] = field(default_factory=dict)
    menu: tuple[MenuGroup, ...] = ()
    home: tuple[Tile, ...] = ()

    def default_view(self, entity: str, roles: frozenset[str]) -> ViewScreen | None:
        """The view an entity opens with for somebody with `roles`: a default for some of these roles goes before one
        for everybody."""
        views = [view for view in self.views.get(entity, {}).values() if may_see(view, roles)]
        views.sort(key=lambda view: (not view.default, not (view.default and view.for_roles)))
        return views[0] if views else None


def may_see(view: ViewScreen, roles: frozenset[str]) -> bool:
    return not view.for_roles or bool(roles & set(view.for_roles))
