"""What tests stand on: a database that nobody else uses, with the tables and seed of their blueprint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.clock import SettableClock
from engine.database.connection import Database
from engine.records.store import Store
from engine.schema.model import WorkspaceSettings


@dataclass(frozen=True, slots=True)
class Ground:
    database: Database
    store: Store
    clock: SettableClock
    settings: WorkspaceSettings
    ids: Mapping[tuple[str, str], int]
    """Ids by (entity, reference): the seed, and for each role a user who has it."""
    roles: Mapping[int, tuple[str, ...]]
    """Roles by user id."""
