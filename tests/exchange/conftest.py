from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from tests.exchange.importing import Bench
from tests.records.shop import open_shop


@pytest.fixture
def bench(database: Database, clock: SettableClock, identifiers: Identifiers, tmp_path: Path) -> Bench:
    """The small CRM with its imports, once for each kind of database."""
    return Bench(open_shop(database, clock, identifiers), identifiers, tmp_path)


@pytest.fixture
def sqlite_bench(
    sqlite_url: str,
    open_database: Callable[[str], Database],
    clock: SettableClock,
    identifiers: Identifiers,
    tmp_path: Path,
) -> Bench:
    """The same on SQLite, for what no database changes."""
    return Bench(open_shop(open_database(sqlite_url), clock, identifiers), identifiers, tmp_path)
