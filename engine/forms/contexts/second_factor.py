"""The second factor: on the profile, and at sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.forms.contexts.shell import Page
from engine.templating import Html


@dataclass(frozen=True, slots=True)
class SecondFactorScreen:
    """`screens/second_factor.html`: posts nothing to `/profile/second/begin`, `code` to `/profile/second/confirm`,
    `code` to `/profile/second/renew` and `/profile/second/off`."""

    page: Page
    state: Literal["off", "waiting", "on", "codes"]
    picture: Html
    """The QR code, an SVG; empty unless `state` is waiting."""
    secret: str = ""
    left: int = 0
    codes: tuple[str, ...] = ()
    """Recovery codes, shown this once."""
    error: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class CodeScreen:
    """`screens/code.html`: posts `code next` to `/login/code`."""

    page: Page
    next: str
    error: str = ""
