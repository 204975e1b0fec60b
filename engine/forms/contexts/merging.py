"""Several records side by side, before they become one."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import FormError, Value
from engine.forms.contexts.records import Fact
from engine.forms.contexts.shell import EntityHead, Link, Mark, Page


@dataclass(frozen=True, slots=True)
class MergeRecord:
    """One column. `may_stay` is false where the person may not change it, or not delete the others."""

    id: str
    title: str
    url: str
    mark: Mark
    made: str
    changed: str
    stays: bool
    may_stay: bool


@dataclass(frozen=True, slots=True)
class MergeValue:
    """What a field can keep: the value of one record, or of all together."""

    id: str
    owner: str
    """The title of its record."""
    value: Value
    chosen: bool


@dataclass(frozen=True, slots=True)
class MergeField:
    """One row: a value for each record, and one of all where they can stand beside each other."""

    name: str
    label: str
    values: tuple[MergeValue, ...]
    together: MergeValue | None
    error: str


@dataclass(frozen=True, slots=True)
class MergeScreen:
    """`screens/merge.html`"""

    page: Page
    entity: EntityHead
    crumbs: tuple[Link, ...]
    title: str
    action: str
    cancel_url: str
    records: tuple[MergeRecord, ...]
    fields: tuple[MergeField, ...]
    same: tuple[Fact, ...]
    along: tuple[str, ...]
    """What goes along to the one that stays, such as 12 contacts."""
    errors: tuple[FormError, ...]
