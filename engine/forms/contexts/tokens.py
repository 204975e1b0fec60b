"""The page of API tokens."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import Control, FormError
from engine.forms.contexts.shell import Page


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One token; `state` is empty while it lets programs in, else why it does not."""

    id: str
    name: str
    hint: str
    """The last characters of the token."""
    reach: str
    """Whether it may write, and which records it reaches."""
    used: str
    until: str
    state: str = ""
    user: str = ""
    """Whose it is, where that is not the reader."""


@dataclass(frozen=True, slots=True)
class TokensScreen:
    """`screens/tokens.html`: posts `name scope expires entities` to `/profile/tokens`, nothing to
    `/profile/tokens/<id>/revoke`."""

    page: Page
    controls: tuple[Control, ...]
    errors: tuple[FormError, ...]
    tokens: tuple[TokenRow, ...]
    others: tuple[TokenRow, ...] = ()
    """Those of everybody else, for admins."""
    made: str = ""
    """The new token, told this once."""
