from __future__ import annotations

from pathlib import Path

import pytest

from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.publishing.founding import Founder


@pytest.fixture
def founder(database: Database, clock: SettableClock, identifiers: Identifiers) -> Founder:
    return Founder(database, identifiers, clock)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a blueprint still to be written."""
    home = tmp_path / "packages" / "club"
    home.mkdir(parents=True)
    return home
