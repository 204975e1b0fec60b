"""Inline edit: the editor of a cell, a conflict, the cell again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.forms.contexts.controls import Control
from engine.forms.contexts.lists import Total
from engine.forms.contexts.shell import Link
from engine.templating import Html

Place = Literal["cell", "prop"]


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
    """`parts/cell.html`: the cell again (from `Rows.cell`), with what stands below the list now."""

    cell: Html
    totals: tuple[Total, ...] = ()
    title: str = ""
    """The first column, below which the records are counted."""
    count: str = ""
    tabs: tuple[Link, ...] = ()
    """The views whose number beside their name may have changed."""
