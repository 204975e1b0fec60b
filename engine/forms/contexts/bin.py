"""The recycle bin."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.shell import Link, Page


@dataclass(frozen=True, slots=True)
class BinRow:
    title: str
    url: str
    icon: str
    hue: str
    kind: str
    """What its entity is called."""
    who: str
    when: str
    when_full: str
    restore_url: str = ""
    """Empty when the person may not restore it."""
    merged: str = ""
    """What it became, when it was merged."""


@dataclass(frozen=True, slots=True)
class BinScreen:
    """`screens/bin.html`"""

    page: Page
    tabs: tuple[Link, ...]
    rows: tuple[BinRow, ...]
    here: str
    """Where a restored record leads back to."""
    earlier_url: str = ""
