"""What the gateway answers instead of doing what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.locale.catalogue import message_text
from engine.locale.text import Text

CHANGED_MEANWHILE = message_text("value.changed_meanwhile")
"""The error of a line item's value that somebody else changed since it was read."""


class RecordNotFound(Exception):
    """There is no such record, or the actor may not see it: the two are told apart by nobody."""


class Refused(Exception):
    """The actor may not do this, or a rule stands against it; `message` says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.in_("en"))
        self.message = message


class Invalid(Exception):
    """Values break rules. `errors` by field name; line items as `lines.0.product`; "" is the record as a whole,
    `lines.0` a line item as a whole."""

    def __init__(self, errors: Mapping[str, Text]) -> None:
        super().__init__("; ".join(f"{name}: {text.in_('en')}" for name, text in errors.items()))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Clash:
    """One field two people changed: what this write wants and what is stored now."""

    field: str
    wanted: Any
    stored: Any


@dataclass(frozen=True, slots=True)
class ConflictDetails:
    version: int
    clashes: tuple[Clash, ...]
    by: str | None = None
    at: datetime | None = None
    record: Mapping[str, Any] = field(default_factory=dict)


class Conflict(Exception):
    """The record changed since it was read, in a field this write changes too. Nothing was written."""

    def __init__(self, details: ConflictDetails) -> None:
        super().__init__(", ".join(clash.field for clash in details.clashes))
        self.details = details


class MoveRefused(Exception):
    """A stage move does not pass its guard: `reason` stands against it, or the fields `missing` must be filled."""

    def __init__(self, reason: Text | None, missing: tuple[str, ...], target: str) -> None:
        super().__init__(reason.in_("en") if reason else ", ".join(missing))
        self.reason, self.missing, self.target = reason, missing, target
