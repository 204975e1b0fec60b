"""What is done to several records of a list at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.forms.contexts.controls import Choice, Control
from engine.forms.contexts.shell import EntityHead, Page


@dataclass(frozen=True, slots=True)
class BulkChoice:
    """A choice that decides what else is asked: the field to be edited, the stage records move to. Posts `name`."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class BulkScreen:
    """`screens/bulk.html`, and `parts/bulk.html` in a dialog: what is asked before many records change."""

    page: Page
    entity: EntityHead
    do: Literal["edit", "move", "assign", "tag", "delete"]
    symbol: str
    """The icon of its head."""
    title: str
    text: str
    """What will happen, in numbers."""
    ids: tuple[str, ...]
    """The chosen records; empty when `everything` in the view is meant."""
    everything: bool
    pick: BulkChoice | None
    modes: tuple[Choice, ...]
    """Whether tags are added or taken away; posts `mode`."""
    controls: tuple[Control, ...]
    hint: str
    submit: str
    back: str
    complete: bool
    """False while only `pick` is asked: what follows from it comes next."""
