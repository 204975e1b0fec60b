"""Login, first run, profile, people and errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.forms.contexts.controls import Choice, Control, FormError
from engine.forms.contexts.shell import Link, Mark, Page


@dataclass(frozen=True, slots=True)
class LoginScreen:
    """`screens/login.html`: posts `email`, `password`, `next` to `/login`."""

    page: Page
    email: str = ""
    next: str = ""
    error: str = ""
    provider: str = ""
    """What people may sign in with besides, at `/login/oidc`."""
    note: str = ""
    """"Sessions end after 12 hours away", or nothing."""


@dataclass(frozen=True, slots=True)
class BlueprintEntity:
    label: str
    icon: str
    hue: str


@dataclass(frozen=True, slots=True)
class BlueprintCard:
    name: str
    title: str
    summary: str
    hue: str
    art: Literal["board", "member", "ring", "steps", "funnel", "calendar", "gallery", "blank"]
    size: str
    """"6 entities, 3 roles\""""
    entities: tuple[BlueprintEntity, ...]
    stages: tuple[Choice, ...]
    roles: str
    languages: tuple[str, ...]
    version: str


@dataclass(frozen=True, slots=True)
class SetupScreen:
    """`screens/setup.html`: a GET form to `/setup` with `blueprint` and `sample` (true or absent)."""

    page: Page
    blueprints: tuple[BlueprintCard, ...]
    chosen: str
    accept: str = ""
    """The endings of files that a workspace can start from; posted to `/setup/file` as `file`."""
    error: str = ""
    """Why the file that was sent cannot be read."""


@dataclass(frozen=True, slots=True)
class GuessedColumn:
    label: str
    type: str
    example: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class GuessedTable:
    """A sheet of the file a workspace starts from."""

    label: str
    rows: str
    columns: tuple[GuessedColumn, ...]


@dataclass(frozen=True, slots=True)
class SetupAccountScreen:
    """`screens/setup_account.html`: posts `blueprint sample workspace name email password` to `/setup`."""

    page: Page
    blueprint: BlueprintCard
    sample: bool
    controls: tuple[Control, ...]
    """workspace (text), name (text), email (email), password (password), in this order."""
    errors: tuple[FormError, ...] = ()
    tables: tuple[GuessedTable, ...] = ()
    """What a file was taken for; it posts `rows` too, true or absent."""
    rows: str = ""
    """How many rows can come in."""
    fill: bool = True


@dataclass(frozen=True, slots=True)
class SessionRow:
    id: str
    device: str
    last_seen: str
    current: bool


@dataclass(frozen=True, slots=True)
class ProfileScreen:
    """`screens/profile.html`: posts `language theme density` (any of them, with `next`) to `/profile`,
    `current password repeat` to `/profile/password`, nothing to `/profile/sessions/<id>/revoke`."""

    page: Page
    name: str
    email: str
    mark: Mark
    roles: str
    languages: tuple[Choice, ...]
    password: tuple[Control, ...]
    """current, password, repeat: widget `password`."""
    sessions: tuple[SessionRow, ...]
    errors: tuple[FormError, ...] = ()


@dataclass(frozen=True, slots=True)
class UserRow:
    id: str
    name: str
    email: str
    mark: Mark
    roles: str
    team: str
    active: bool
    last_seen: str
    myself: bool = False


@dataclass(frozen=True, slots=True)
class UsersScreen:
    """`screens/users.html`: posts `name email role` to `/users`; a person's own page is `/users/<id>`."""

    page: Page
    tabs: tuple[Link, ...]
    users: tuple[UserRow, ...]
    search: str
    next_url: str
    controls: tuple[Control, ...]
    """name (text), email (email), role (choice)."""
    errors: tuple[FormError, ...] = ()
    made: str = ""
    """That somebody was added, and what becomes of their link."""
    link: str = ""
    """The link they come in with, shown this once."""


@dataclass(frozen=True, slots=True)
class OfflineScreen:
    """`screens/offline.html`: kept by browsers, shown when the server cannot be reached."""

    page: Page


@dataclass(frozen=True, slots=True)
class ErrorScreen:
    """`screens/error.html`: what was refused or went wrong, inside the shell when somebody is logged in."""

    page: Page
    status: Literal[400, 403, 404, 422, 429, 500]
    message: str = ""
    """What was refused and why; empty: the usual sentence of the status."""
    reference: str = ""
    retry_url: str = ""
