"""An export: which records, and what the file should be like."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import Choice
from engine.forms.contexts.shell import EntityHead, Page


@dataclass(frozen=True, slots=True)
class ExportFormat:
    name: str
    label: str
    help: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ExportScreen:
    """`screens/export.html`, and `parts/export.html` in a dialog. Posts `format`, `columns`, `names`, `encoding`,
    `from`, and an `id` for each selected record."""

    page: Page
    entity: EntityHead
    action: str
    address: str
    """The page whose records and columns are meant."""
    ids: tuple[str, ...]
    about: str
    later: str
    """That the file is made in the background; empty for a few records."""
    formats: tuple[ExportFormat, ...]
    encodings: tuple[Choice, ...]
    """Of a CSV file."""
    shown: int
    every: int
    """How many columns the file has with those of the view, and with all fields."""
