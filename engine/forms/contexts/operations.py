"""What was done to many records at once: the list of it, and one with its progress, its result and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.forms.contexts.shell import Link, Page

Meaning = Literal["ok", "warn", "bad", "info", ""]


@dataclass(frozen=True, slots=True)
class OperationRow:
    title: str
    url: str
    icon: str
    detail: str
    state: str
    meaning: Meaning
    when: str
    when_full: str


@dataclass(frozen=True, slots=True)
class OperationsScreen:
    """`screens/operations.html`"""

    page: Page
    rows: tuple[OperationRow, ...]
    earlier_url: str = ""


@dataclass(frozen=True, slots=True)
class OperationAct:
    """A button that posts to `url`. `kind` is how it looks."""

    url: str
    label: str
    icon: str
    kind: Literal["primary", "danger-quiet", ""] = ""


@dataclass(frozen=True, slots=True)
class LeftRecord:
    """A record that was left as it is. `url` is empty where it is none the person may open."""

    title: str
    url: str
    cell: str
    reason: str


@dataclass(frozen=True, slots=True)
class OperationScreen:
    """`screens/operation.html`; also `parts/operation.html`, the region that asks for itself again while it runs."""

    page: Page
    crumbs: tuple[Link, ...]
    here: str
    title: str
    detail: str
    state: str
    meaning: Meaning
    running: bool
    percent: int
    counted: str
    time_left: str
    sentence: str
    left: tuple[LeftRecord, ...]
    left_title: str
    more_url: str
    links: tuple[Link, ...]
    acts: tuple[OperationAct, ...]
