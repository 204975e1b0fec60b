"""The pivot: records counted and added up in a table."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import Choice
from engine.forms.contexts.lists import FilterPanel
from engine.forms.contexts.shell import EntityHead, Link, Page
from engine.forms.contexts.views import ViewBar


@dataclass(frozen=True, slots=True)
class PivotCell:
    text: str
    url: str = ""
    """The list of the records behind the number."""
    heat: int = 0
    """0 to 100: the share of the largest number of its measure."""


@dataclass(frozen=True, slots=True)
class PivotHead:
    label: str
    span: int = 1
    """Over how many rows or columns."""


@dataclass(frozen=True, slots=True)
class PivotRow:
    heads: tuple[PivotHead, ...]
    """Only those that begin in this row."""
    cells: tuple[PivotCell, ...]
    """For each column and measure, the totals last."""


@dataclass(frozen=True, slots=True)
class PivotScreen:
    """`screens/pivot.html`."""

    page: Page
    entity: EntityHead
    views: ViewBar
    layouts: tuple[Link, ...]
    filters: FilterPanel
    carry: tuple[tuple[str, str], ...]
    row_choices: tuple[Choice, ...]
    second_choices: tuple[Choice, ...]
    across_choices: tuple[Choice, ...]
    measure_choices: tuple[Choice, ...]
    row_labels: tuple[str, ...]
    across_label: str
    columns: tuple[PivotHead, ...]
    measures: tuple[str, ...]
    rows: tuple[PivotRow, ...]
    totals: tuple[PivotCell, ...]
    notes: tuple[str, ...] = ()
