"""The inbox: one row for each thing a person was told of."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.shell import Link, Mark, Page


@dataclass(frozen=True, slots=True)
class NoticeRow:
    id: str
    mark: Mark
    icon: str
    text: str
    """The whole sentence; of a record the person may not see it has no title."""
    hint: str
    """The beginning of the comment."""
    when: str
    when_full: str
    read: bool
    url: str
    """`/inbox/<id>`"""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class InboxScreen:
    """`screens/inbox.html`"""

    page: Page
    tabs: tuple[Link, ...]
    rows: tuple[NoticeRow, ...]
    show: str
    unread: int
    earlier_url: str = ""


@dataclass(frozen=True, slots=True)
class NoticePart:
    """`parts/notice.html`: a row again, after it was read."""

    row: NoticeRow
    csrf: str
