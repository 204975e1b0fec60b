"""Finding: the search page and the command palette."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.shell import Link, Mark, Page


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found. `sub` tells it from others of the same title."""

    title: str
    url: str
    mark: Mark
    sub: str = ""


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The records of one entity, the best first. `all_url` is its list, searched; empty when all are here."""

    label: str
    icon: str
    hits: tuple[Hit, ...]
    all_url: str = ""


@dataclass(frozen=True, slots=True)
class SearchScreen:
    """`screens/search.html`."""

    page: Page
    typed: str
    groups: tuple[HitGroup, ...]
    views: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PaletteGroup:
    label: str
    links: tuple[Link, ...]
    """`count` holds what stands at the end of the row, such as the entity."""


@dataclass(frozen=True, slots=True)
class Palette:
    """`parts/palette.html`, the fragment `/palette`: what the command palette offers."""

    groups: tuple[PaletteGroup, ...]
    typed: str
    all_url: str = ""
    """The search page for what was typed."""
