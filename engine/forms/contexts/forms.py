"""Forms and the options of pickers."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import Conflict, Control, FormError, Tag
from engine.forms.contexts.duplicates import Near
from engine.forms.contexts.shell import EntityHead, Link, Mark, Page
from engine.templating import Html


@dataclass(frozen=True, slots=True)
class FormTab:
    id: str
    label: str
    errors: int = 0
    """Of the fields on it."""
    current: bool = False
    """It is open: the first with an error, else the first."""


@dataclass(frozen=True, slots=True)
class FormSection:
    title: str
    controls: tuple[Control, ...]
    helps: tuple[Html, ...] = ()
    """Standing texts below the fields."""
    tab: str = ""
    """Id of the tab it stands on; empty in a form without tabs."""
    id: str = ""
    """Of a section that a rule shows or hides."""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class FormScreen:
    """`screens/form.html`; `parts/form_dialog.html` when it was asked for with `dialog=1`."""

    page: Page
    entity: EntityHead
    crumbs: tuple[Link, ...]
    title: str
    action: str
    sections: tuple[FormSection, ...]
    submit: str
    cancel_url: str
    version: str = ""
    """Empty when a record is created."""
    tabs: tuple[FormTab, ...] = ()
    errors: tuple[FormError, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    for_field: str = ""
    """In a dialog: id of the picker that gets the new record."""
    near_url: str = ""
    """Where records that may be there already are asked for; empty when a record is edited, or nothing is compared."""
    near_fields: tuple[str, ...] = ()
    """The names of the fields they are found by."""
    near: Near | None = None
    judged: bool = False
    """Something of it depends on what is typed: the script asks while it is filled in."""


@dataclass(frozen=True, slots=True)
class PickOption:
    id: str
    title: str
    mark: Mark
    sub: str = ""
    icon: str = ""
    """Of its entity, where records of several can be chosen."""


@dataclass(frozen=True, slots=True)
class PickList:
    """`parts/options.html`, the fragment `/pick/<entity>`: options of a searching combobox."""

    options: tuple[PickOption, ...]
    recent: bool = False
    """The options are recently used ones, because nothing was typed yet."""


@dataclass(frozen=True, slots=True)
class WordList:
    """`parts/words.html`: words of other records, and the typed one when none of them has it."""

    words: tuple[Tag, ...]
    new: str = ""


@dataclass(frozen=True, slots=True)
class RegionOption:
    """A region and those it lies in; "" for the levels below it."""

    province: str
    city: str
    district: str
    title: str
    inside: str = ""


@dataclass(frozen=True, slots=True)
class RegionList:
    """`parts/regions.html`, the fragment `/regions`: what an input of an address offers."""

    options: tuple[RegionOption, ...]
