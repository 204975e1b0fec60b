"""One person and the teams, for admins."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import Choice, Control, FormError
from engine.forms.contexts.entry import SessionRow
from engine.forms.contexts.shell import Link, Mark, Page


@dataclass(frozen=True, slots=True)
class PersonScreen:
    """`screens/person.html`: posts `name email main_team manager roles` to `here`, and nothing to its `link`,
    `activate`, `second/off`, `sessions/revoke` and `sessions/<id>/revoke`."""

    page: Page
    crumbs: tuple[Link, ...]
    here: str
    name: str
    email: str
    mark: Mark
    active: bool
    second: bool
    """Whether they have a second factor."""
    myself: bool
    controls: tuple[Control, ...]
    sessions: tuple[SessionRow, ...]
    errors: tuple[FormError, ...] = ()
    made: str = ""
    """What became of the link that was just made."""
    link: str = ""
    """The link, shown this once."""


@dataclass(frozen=True, slots=True)
class TeamRow:
    id: str
    name: str
    url: str
    depth: int
    lead: str
    members: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class TeamsScreen:
    """`screens/teams.html`: posts `name parent lead` to `action`, which is `/teams` or `/teams/<id>`."""

    page: Page
    tabs: tuple[Link, ...]
    teams: tuple[TeamRow, ...]
    action: str
    title: str
    controls: tuple[Control, ...]
    errors: tuple[FormError, ...] = ()
    chosen: bool = False
    """Whether a team that is there is being edited."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """The records of one entity that somebody who leaves owns."""

    name: str
    label: str
    icon: str
    hue: str
    count: str
    people: tuple[Choice, ...]
    stay: bool = False


@dataclass(frozen=True, slots=True)
class LeavingScreen:
    """`screens/leaving.html`: posts `to` and `to.<entity>` to `here`: the id of a person, "-" for nobody, and of an
    entity "" for the same as all."""

    page: Page
    crumbs: tuple[Link, ...]
    here: str
    back: str
    name: str
    people: tuple[Choice, ...]
    stay: bool
    owned: tuple[HandOver, ...]
    error: str = ""
