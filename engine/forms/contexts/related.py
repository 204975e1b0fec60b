"""The lists of records that link to the one on the page, and linking another one."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import Control
from engine.forms.contexts.lists import ColumnHead
from engine.forms.contexts.shell import EntityHead, Page
from engine.templating import Html


@dataclass(frozen=True, slots=True)
class Related:
    """A list of records that link here."""

    name: str
    label: str
    icon: str
    count: str
    """How many there are, "999+" for more; not how many are shown."""
    heads: tuple[ColumnHead, ...]
    rows: Html
    add_url: str = ""
    all_url: str = ""
    """The full list with the filter set; empty when there are none."""
    link_url: str = ""
    """Where an existing record is chosen to be linked; empty when the person may not."""
    removable: bool = False
    """Its rows end with a button that unlinks them."""
    error: str = ""
    """Why the last record was not unlinked."""


@dataclass(frozen=True, slots=True)
class RelatedAgain:
    """`parts/related.html`: a related list after one of its records was linked or unlinked."""

    table: Related


@dataclass(frozen=True, slots=True)
class LinkScreen:
    """`screens/link.html`, and `parts/link.html` in a dialog: which existing record is to be linked."""

    page: Page
    entity: EntityHead
    """Of the record to be linked."""
    title: str
    note: str
    """What linking does."""
    control: Control
    action: str
    target: str
    """Id of the related list that shows it then."""
    back: str
