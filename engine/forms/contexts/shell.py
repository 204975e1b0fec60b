"""The shell around every screen: page, menu, marks, toasts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Theme = Literal["", "light", "dark"]
Density = Literal["compact", "comfortable", "relaxed"]


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    icon: str = ""
    current: bool = False
    count: str = ""
    language: str = ""
    """The language of the label, where it differs from the page's."""


@dataclass(frozen=True, slots=True)
class MenuGroup:
    label: str
    """Empty for the links above the first heading."""
    links: tuple[Link, ...]
    id: str = ""
    open: bool = True
    """Whether its links are shown; a folded group shows its heading."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An avatar: a circle for people, a rounded square for everything else. Made by `marks.py`."""

    initials: str
    hue: str
    person: bool = False
    picture: str = ""
    """Drawn instead of the initials."""


@dataclass(frozen=True, slots=True)
class Toast:
    text: str
    kind: Literal["ok", "bad"] = "ok"
    undo_url: str = ""
    """POST address that takes the act back."""


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Page:
    """The shell around every screen. `user` is None on login, first run and errors before login."""

    title: str
    language: str
    workspace: str
    csrf: str
    nonce: str
    path: str
    """Path and query of this page: where the theme switch and the login come back to."""
    theme: Theme = ""
    density: Density = "comfortable"
    single_keys: bool = True
    """Whether letters alone are shortcuts."""
    user: Person | None = None
    menu: tuple[MenuGroup, ...] = ()
    languages: tuple[Link, ...] = ()
    """The other languages this page can be read in, on pages before login."""
    toasts: tuple[Toast, ...] = ()
    admin: bool = False
    """Whether the menu offers the people page."""
    own: tuple[Link, ...] = ()
    """The person's own pages, above the menu: home, the inbox and their tasks."""
    unread: int = 0
    """What they have not read in the inbox."""

    @property
    def tabs(self) -> tuple[Link, ...]:
        """For the phone's tab bar: home, the first of the menu, and the last of the person's own pages. Search stands
        between them, and the rest is in the menu behind "More"."""
        first = [link for group in self.menu for link in group.links][:1]
        return (*self.own[:1], *first, *self.own[1:][-1:])


@dataclass(frozen=True, slots=True)
class EntityHead:
    """What screens say about an entity. `new_url` is empty when the person may not create records, `import_url` when
    they may not bring them in from a file."""

    name: str
    label: str
    plural: str
    icon: str
    hue: str
    url: str
    new_url: str = ""
    import_url: str = ""
