"""The board: lanes and cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.forms.contexts.controls import Value
from engine.forms.contexts.lists import FilterPanel, SortChoice
from engine.forms.contexts.shell import EntityHead, Link, Mark, Page
from engine.forms.contexts.views import ViewBar


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
    spent: str = ""
    """"12 d" in its stage; nothing on its first day and once its record is won or lost."""
    spent_help: str = ""
    rots: str = ""
    """"16 d" when the card stayed in its stage for longer than it should."""
    rots_help: str = ""
    owner: Value | None = None
    movable: bool = True
    hue: str = ""
    """The colour of the card, which its words say too."""
    lane: str = ""
    row: str = ""
    """The key of the row across the lanes it stands in; "-" for none."""


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
    limit: str = ""
    """"7 of 5": how full the lane is, where it has a limit."""
    over: str = ""
    """A sentence when it holds more than its limit."""
    next_url: str = ""
    """Where the next cards of the lane come from: `parts/lane_cards.html`."""


@dataclass(frozen=True, slots=True)
class SwimCell:
    """The cards of one lane in one row across the lanes."""

    lane: Lane
    cards: tuple[Card, ...]
    more: int = 0
    next_url: str = ""
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class SwimRow:
    """One row across the lanes; `key` is "-" where the field is empty and "?" for what the person may not see."""

    key: str
    label: str
    count: str
    sum: str = ""
    hue: str = ""
    mark: Mark | None = None
    cells: tuple[SwimCell, ...] = ()
    still: bool = False
    """Cards cannot be moved into another row."""

    @property
    def id(self) -> str:
        """The key as part of an id in the page."""
        return {"-": "_none", "?": "_unseen"}.get(self.key, self.key)


@dataclass(frozen=True, slots=True)
class LaneCards:
    """`parts/lane_cards.html`: more cards of a lane, and the way to those after them."""

    cards: tuple[Card, ...]
    entity: EntityHead
    more: int = 0
    next_url: str = ""
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class BoardTotal:
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class BoardScreen:
    """`screens/board.html`. Lanes of kind `won` and `lost` are drawn as end zones."""

    page: Page
    entity: EntityHead
    views: ViewBar
    layouts: tuple[Link, ...]
    filters: FilterPanel
    sorts: tuple[SortChoice, ...]
    totals: tuple[BoardTotal, ...]
    lanes: tuple[Lane, ...]
    notes: tuple[str, ...] = ()
    """What in the address could not be understood and was left out, each as a sentence."""
    rows: tuple[SwimRow, ...] = ()
    """The rows across the lanes; none on a plain board."""
    view: str = ""


@dataclass(frozen=True, slots=True)
class CardMoved:
    """`parts/card_moved.html`: the card again, with the heads of the lanes it left and entered (out of band)."""

    card: Card | None
    """None when the record is no longer on the board."""
    entity: EntityHead
    lanes: tuple[Lane, ...]
    totals: tuple[BoardTotal, ...] = ()
    rows: tuple[SwimRow, ...] = ()
