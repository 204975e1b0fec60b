"""The views of an entity above its records: tabs, what does not fit beside them, saving and managing them."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import Choice
from engine.forms.contexts.shell import Link, MenuGroup


@dataclass(frozen=True, slots=True)
class ViewForm:
    """Posts `name`, `base`, `query` and, if there are `shares`, `shared` for each one that is ticked."""

    action: str
    base: str
    query: str
    """The parameters to keep, as they stand in an address."""
    name: str = ""
    shares: tuple[Choice, ...] = ()
    """Everybody and each role, for who may share."""


@dataclass(frozen=True, slots=True)
class ViewSave:
    """The address says something else than the view."""

    reset_url: str
    form: ViewForm
    """Saves it as a new view."""
    save: ViewForm | None = None
    """Saves it in the view that is open; None when that is not one's own."""


@dataclass(frozen=True, slots=True)
class ViewMenu:
    """What can be done with the view that is open."""

    copy: ViewForm
    default_url: str
    default: str
    """What `view` is posted with to open the entity with this view; empty to take that back."""
    is_default: bool = False
    edit: ViewForm | None = None
    """Its name and who sees it; None for a view of the blueprint and for somebody else's."""
    delete_url: str = ""
    export_url: str = ""
    duplicates_url: str = ""
    """Empty for who may not export."""


@dataclass(frozen=True, slots=True)
class ViewBar:
    tabs: tuple[Link, ...]
    menu: ViewMenu
    more: tuple[MenuGroup, ...] = ()
    """The views that do not fit on the bar."""
    save: ViewSave | None = None
    notes: tuple[str, ...] = ()
