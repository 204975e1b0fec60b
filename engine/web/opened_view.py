"""Which view an address opens: one of the blueprint, or a saved one that says more on top of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.forms.model import ViewScreen
from engine.records.saved_views import SavedView


@dataclass(frozen=True, slots=True)
class OpenedView:
    base: ViewScreen
    """The blueprint's view."""
    others: tuple[SavedView, ...]
    """Every saved view of the entity that the actor sees, the shared ones first."""
    saved: SavedView | None = None
    """The saved view that is open."""
    note: str = ""
    """What of the saved view could not be kept to."""
    layout: Any = None
    """How the actor arranged its columns, as it is stored."""
