from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from tests.records.clients import open_clients
from tests.records.shop import Shop, open_shop


@pytest.fixture
def shop(database: Database, clock: SettableClock, identifiers: Identifiers) -> Shop:
    """The small CRM, founded in an empty database of each kind."""
    return open_shop(database, clock, identifiers)


@pytest.fixture
def sqlite_shop(
    sqlite_url: str, open_database: Callable[[str], Database], clock: SettableClock, identifiers: Identifiers
) -> Shop:
    """The small CRM on SQLite, for what no database changes."""
    return open_shop(open_database(sqlite_url), clock, identifiers)


@pytest.fixture
def clients(database: Database, clock: SettableClock, identifiers: Identifiers) -> Shop:
    """Companies and people with rules for duplicates, in an empty database of each kind."""
    return open_clients(database, clock, identifiers)
