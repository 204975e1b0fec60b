"""Who acts: every read and write of the gateway is done for somebody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with their roles, or the engine itself (no user, no limits)."""

    user_id: int | None
    roles: frozenset[str] = frozenset()
    unlimited: bool = False


ENGINE = Actor(user_id=None, unlimited=True)
"""The engine: founding a workspace, seed and demo records."""
