"""Founding a workspace in an empty database, and applying what a changed blueprint adds to an existing one."""

from __future__ import annotations

from sqlalchemy import MetaData

from engine.access import grants
from engine.access.actor import ENGINE
from engine.blueprint import Blueprint
from engine.clock import Clock
from engine.database import ddl, system_tables
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.publishing.changes import NotAdditive, lossy_changes, table_changes
from engine.publishing.versions import Sources, add_version, found_workspace, run_version
from engine.records.planting import Garden, Planter, in_planting_order
from engine.records.store import Store
from engine.schema.model import SeedRecord
from collections.abc import Callable, Sequence

BATCH = 100
Progress = Callable[[int, int], None]
"""Told how many records are written, and of how many."""


def found(
    database: Database, blueprint: Blueprint, tables: MetaData, sources: Sources, name: str, ids: Identifiers, clock: Clock
) -> None:
    """Make every table and the workspace, in one transaction: a failure leaves the database empty."""
    with database.write() as connection:
        ddl.lock_tables(connection)
        ddl.create_all(connection, system_tables.metadata)
        ddl.create_all(connection, tables)
        version = ids.next()
        add_version(connection, version, sources, clock.now())
        found_workspace(connection, name, version, blueprint, clock.now())


def apply_changes(
    database: Database,
    old: Blueprint,
    new: Blueprint,
    tables: MetaData,
    sources: Sources,
    ids: Identifiers,
    clock: Clock,
) -> None:
    """Add what the new blueprint adds and let it run, in one transaction. Raises `NotAdditive`; nothing is dropped."""
    reasons = lossy_changes(old, new)
    if reasons:
        raise NotAdditive(reasons)
    with database.write() as connection:
        ddl.lock_tables(connection)
        differences = [*ddl.difference(connection, system_tables.metadata), *ddl.difference(connection, tables)]
        if reasons := table_changes(differences):
            raise NotAdditive(reasons)
        for metadata in (system_tables.metadata, tables):
            own = [item for item in differences if item.table in metadata.tables]
            ddl.apply_additive(connection, metadata, own)
        version = ids.next()
        add_version(connection, version, sources, clock.now())
        run_version(connection, version, new)


def plant(store: Store, records: Sequence[SeedRecord], source: str, clock: Clock, progress: Progress) -> Garden:
    """Write seed or demo records in short transactions. Raises `PlantingRefused`."""
    garden = Garden()
    planter = Planter(store.model, clock.now(), garden)
    ordered = in_planting_order(store.model, records)
    for start in range(0, len(ordered), BATCH):
        with store.begin(ENGINE, source) as write:
            for record in ordered[start : start + BATCH]:
                planter.plant(write, record)
        progress(min(start + BATCH, len(ordered)), len(ordered))
    with store.begin(ENGINE, source) as write:
        planter.finish(write)
    return garden


def grant_roles(database: Database, garden: Garden) -> None:
    """Give planted users the roles their records name."""
    with database.write() as connection:
        for user_id, roles in garden.roles.items():
            grants.set_roles(connection, user_id, roles)
