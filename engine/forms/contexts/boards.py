"""The board: lanes and cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.forms.contexts.controls import Value
from engine.forms.contexts.lists import FilterPanel, SortChoice
from engine.forms.contexts.shell import EntityHead, Link, Page


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
