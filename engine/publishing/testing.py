"""A throw-away workspace for the tests of a blueprint: its tables, its seed, and a user for each role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from engine.blueprint import Blueprint
from engine.blueprint_tests.ground import Ground
from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.database.own_schema import own_schema
from engine.expressions.sql import register_functions
from engine.language.source import Place
from engine.publishing.apply import found, plant
from engine.publishing.workspace import make_workspace, tables_of
from engine.records.planting import Garden, Planter
from engine.schema.model import SeedRecord

FOUNDED = datetime(2024, 1, 2, 9, tzinfo=UTC)
"""Before whatever a test sets its clock to."""


@contextmanager
def trial_ground(blueprint: Blueprint, url: str | None = None) -> Iterator[Ground]:
    """On SQLite in a folder of its own, or in a schema of its own of the PostgreSQL database at `url`; nothing of it
    stays. Raises `DatabaseUnavailable`, `PlantingRefused`."""
    if url is not None:
        with own_schema(url) as address, _opened(address, blueprint) as ground:
            yield ground
        return
    with TemporaryDirectory(prefix="crm-test-") as folder, _opened(str(Path(folder) / "crm.db"), blueprint) as ground:
        yield ground


@contextmanager
def _opened(url: str, blueprint: Blueprint) -> Iterator[Ground]:
    clock = SettableClock(FOUNDED)
    database = Database(url, on_connect=register_functions)
    try:
        yield _founded(database, blueprint, clock)
    finally:
        database.close()


def _founded(database: Database, blueprint: Blueprint, clock: SettableClock) -> Ground:
    ids = Identifiers(0, clock)
    tables = tables_of(blueprint)
    store = make_workspace(blueprint.id, blueprint, tables, database, ids, clock).store
    garden = Garden()

    def plant_seed(connection: Connection) -> None:
        planter = Planter(store.model, clock.now(), garden)
        plant(connection, store, planter, (*_people(blueprint), *blueprint.seed), "seed", lambda done, total: None)

    found(database, blueprint, tables, {}, blueprint.id, ids, clock, plant_seed)
    return Ground(database, store, clock, blueprint.settings, garden.ids, garden.roles)


def _people(blueprint: Blueprint) -> Iterator[SeedRecord]:
    """A user for each role, called like it, unless the seed has one."""
    known = {record.ref for record in blueprint.seed if record.entity == "user"}
    for name, role in blueprint.roles.items():
        if name not in known:
            values = {"name": role.label.in_("en"), "email": f"{name}@role.example", "roles": [name]}
            yield SeedRecord("user", name, values, Place("", 0, 0))
