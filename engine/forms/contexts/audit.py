"""The page of what people answer for."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import Choice
from engine.forms.contexts.shell import Link, Page


@dataclass(frozen=True, slots=True)
class AuditRow:
    icon: str
    text: str
    """The whole sentence."""
    hint: str
    """Where it came from, and why if a reason was given."""
    when: str
    when_full: str
    bad: bool = False


@dataclass(frozen=True, slots=True)
class AuditScreen:
    """`screens/audit.html`: a GET form of `who kind days` to `/audit`; the same words posted to `/audit/export` give
    a file."""

    page: Page
    tabs: tuple[Link, ...]
    people: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    days: tuple[Choice, ...]
    rows: tuple[AuditRow, ...]
    filtered: bool
    asked: tuple[tuple[str, str], ...]
    """The words of the filter, for the file."""
    earlier_url: str = ""
