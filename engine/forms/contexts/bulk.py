"""What is done to several records of a list at once."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import Control
from engine.forms.contexts.shell import EntityHead, Page


@dataclass(frozen=True, slots=True)
class AssignScreen:
    """`screens/assign.html`, and `parts/assign.html` in a dialog: who gets the selected records."""

    page: Page
    entity: EntityHead
    ids: tuple[str, ...]
    titles: tuple[str, ...]
    control: Control
    back: str
