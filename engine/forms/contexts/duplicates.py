"""Records that may be the same: beside a form that is filled in, and on a page of their own."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.shell import EntityHead, Link, Mark, Page


@dataclass(frozen=True, slots=True)
class NearRecord:
    """`why` says what it shares; `facts` are what tells it apart."""

    id: str
    title: str
    url: str
    mark: Mark
    why: str
    certain: bool
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """`parts/near.html`: what may be there already. `asks`: to create it all the same takes one more press; `blocks`:
    nothing does."""

    records: tuple[NearRecord, ...]
    asks: bool = False
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """`ids` are those that can be merged at once; `merge_url` is empty where the person may not."""

    records: tuple[NearRecord, ...]
    ids: tuple[str, ...]
    why: str
    certain: bool
    merge_url: str
    more: str


@dataclass(frozen=True, slots=True)
class DuplicatesScreen:
    """`screens/duplicates.html`"""

    page: Page
    entity: EntityHead
    crumbs: tuple[Link, ...]
    groups: tuple[DuplicateGroup, ...]
    apart_url: str
    here: str
    waiting: str
    """How many records are still to be compared."""
    next_url: str
    known: bool
    """Whether the entity has rules at all."""
