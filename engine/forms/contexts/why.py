"""Why a computed value is what it is."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import Value
from engine.forms.contexts.shell import EntityHead, Link, Page


@dataclass(frozen=True, slots=True)
class WhyInput:
    """A field that the value is made of. Without `value` the person may not read it."""

    label: str
    value: Value | None
    of: Link | None = None
    """The record that has it, when it is another one."""
    changed: str = ""
    """When and by whom: "Changed 2 h ago by Ann"."""
    changed_full: str = ""
    why_url: str = ""
    """For one that is worked out itself."""


@dataclass(frozen=True, slots=True)
class WhyMember:
    """A record that counts. Its title has no address when it has no page; `value` is None when it may not be read."""

    title: Link
    value: Value | None
    why_url: str = ""


@dataclass(frozen=True, slots=True)
class WhyMembers:
    counted: str
    """"12 records count"."""
    rows: tuple[WhyMember, ...]
    valued: bool
    """Whether something is taken of each, beside that it is there."""
    more: str = ""
    unseen: str = ""
    """That others count which the person may not see."""


@dataclass(frozen=True, slots=True)
class WhyScreen:
    """`screens/why.html`, and `parts/why.html` in the dialog."""

    page: Page
    entity: EntityHead
    record: Link
    """The record with the value; for a line item the one it belongs to."""
    label: str
    value: Value
    expression: str
    note: str = ""
    """Since when a snapshot stands, or that the value is worked out when it is read."""
    inputs: tuple[WhyInput, ...] = ()
    members: WhyMembers | None = None
