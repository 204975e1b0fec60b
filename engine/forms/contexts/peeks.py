"""The peek: one record beside its list."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import Choice, Value
from engine.forms.contexts.records import Fact, Section
from engine.forms.contexts.shell import EntityHead, Mark


@dataclass(frozen=True, slots=True)
class PeekPath:
    """Where the record stands in its pipeline."""

    number: int
    """Position of the stage, from 1; 0 for a stage that was removed."""
    total: int
    stage: Choice
    spent: str
    """Time spent in the stage, "4 d"; empty when nobody knows."""
    moves: tuple[Choice, ...]
    """Stages the person may try; the next one first."""


@dataclass(frozen=True, slots=True)
class Peek:
    """`parts/peek.html`, the region `#peek`. The script fills what it knows of the list: neighbours and position."""

    entity: EntityHead
    csrf: str
    id: str
    version: str
    title: str
    mark: Mark
    company: Value | None
    tags: tuple[Value, ...]
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    path: PeekPath | None
    close_url: str
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True, slots=True)
class PeekRegion:
    """`parts/peek.html`, sent alone."""

    peek: Peek | None
