"""Setting a password with a link."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import Control, FormError
from engine.forms.contexts.shell import Page


@dataclass(frozen=True, slots=True)
class ForgotScreen:
    """`screens/forgot.html`: posts `email` to `/forgot`."""

    page: Page
    email: str = ""
    error: str = ""
    done: str = ""
    """What happens now: the same for everybody."""


@dataclass(frozen=True, slots=True)
class PasswordScreen:
    """`screens/password.html`: posts `password repeat` to `action`; without one the link is over."""

    page: Page
    action: str = ""
    text: str = ""
    email: str = ""
    controls: tuple[Control, ...] = ()
    errors: tuple[FormError, ...] = ()
