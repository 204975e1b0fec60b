"""Founding a workspace in an empty database, and applying what a changed blueprint adds to an existing one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, MetaData

from engine.access import grants
from engine.blueprint import Blueprint
from engine.clock import Clock
from engine.database import ddl, system_tables
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.publishing.backfill import fill_new_columns
from engine.publishing.changes import NotAdditive, lossy_changes, table_changes
from engine.publishing.computed_backfill import added_fields, changed_fields, fill_computed
from engine.publishing.versions import Sources, add_version, found_workspace, published, run_version
from engine.records import match_index, search_index
from engine.records.planting import Planter, in_planting_order
from engine.records.store import Store
from engine.schema.model import SeedRecord

STEP = 50
ADDED = ("add_table", "add_column", "add_index")
Progress = Callable[[int, int], None]
"""Told how many records are written, and of how many."""


class AlreadyFounded(Exception):
    """The database has a workspace."""


def found(
    database: Database,
    blueprint: Blueprint,
    tables: MetaData,
    sources: Sources,
    name: str,
    ids: Identifiers,
    clock: Clock,
    plant_in: Callable[[Connection], None],
) -> None:
    """Make every table and the workspace with its first records, in one transaction: nobody else writes in a database
    without a workspace, and whatever happens, it is left empty or founded.
    Raises `AlreadyFounded`, `PlantingRefused`."""
    with database.write() as connection:
        ddl.lock_tables(connection)
        if published(connection) is not None:
            raise AlreadyFounded
        ddl.create_all(connection, system_tables.metadata)
        ddl.create_all(connection, tables)
        search_index.rebuild(connection, blueprint.entities, tables, blueprint.entities)
        match_index.rebuild(connection, ids, blueprint.entities, tables, blueprint.entities)
        version = ids.next()
        add_version(connection, version, sources, clock.now())
        found_workspace(connection, name, version, blueprint, clock.now())
        plant_in(connection)


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
    if reasons := lossy_changes(old, new):
        raise NotAdditive(reasons)
    with database.write() as connection:
        ddl.lock_tables(connection)
        differences = _differences(connection, tables)
        if reasons := table_changes(differences, new):
            raise NotAdditive(reasons)
        _add(connection, new, tables, differences, ids, clock)
        fill_computed(connection, new, tables, changed_fields(old, new), ids, clock)
        version = ids.next()
        add_version(connection, version, sources, clock.now())
        run_version(connection, version, new)


def catch_up(database: Database, blueprint: Blueprint, tables: MetaData, ids: Identifiers, clock: Clock) -> None:
    """Add what a newer engine keeps beside the records of the blueprint that runs: tables, columns, indexes. What needs
    more than adding is left as it is."""
    with database.read() as connection:
        if not _missing(connection, tables) and not _outdated(connection, blueprint):
            return
    with database.write() as connection:
        ddl.lock_tables(connection)
        _add(connection, blueprint, tables, _missing(connection, tables), ids, clock)


def _outdated(connection: Connection, blueprint: Blueprint) -> bool:
    """Whether an index of the engine was made in another way than it is now."""
    entities = blueprint.entities
    return bool(search_index.outdated(connection, entities) or match_index.outdated(connection, entities))


def _missing(connection: Connection, tables: MetaData) -> list[ddl.Difference]:
    return [item for item in _differences(connection, tables) if item.additive and item.kind in ADDED]


def _differences(connection: Connection, tables: MetaData) -> list[ddl.Difference]:
    return [*ddl.difference(connection, system_tables.metadata), *ddl.difference(connection, tables)]


def _add(
    connection: Connection,
    blueprint: Blueprint,
    tables: MetaData,
    differences: Sequence[ddl.Difference],
    ids: Identifiers,
    clock: Clock,
) -> None:
    """Tables and columns first, then the values of new columns, then the indexes over them and the words."""
    for metadata in (system_tables.metadata, tables):
        own = [item for item in differences if item.table in metadata.tables]
        ddl.apply_additive(connection, metadata, [item for item in own if item.kind != "add_index"])
    fill_new_columns(connection, blueprint, tables, differences, ids, clock)
    fill_computed(connection, blueprint, tables, added_fields(blueprint, differences), ids, clock)
    for metadata in (system_tables.metadata, tables):
        own = [item for item in differences if item.table in metadata.tables and item.kind == "add_index"]
        ddl.apply_additive(connection, metadata, own)
    outdated = search_index.outdated(connection, blueprint.entities)
    search_index.rebuild(connection, blueprint.entities, tables, outdated)
    unmatched = match_index.outdated(connection, blueprint.entities)
    match_index.rebuild(connection, ids, blueprint.entities, tables, unmatched)


def plant(
    connection: Connection,
    store: Store,
    planter: Planter,
    records: Sequence[SeedRecord],
    source: str,
    progress: Progress,
) -> None:
    """Write seed or demo records and give planted users their roles. Raises `PlantingRefused`."""
    ordered = in_planting_order(store.model, records)
    with store.planting(connection, source) as write:
        for number, record in enumerate(ordered, 1):
            planter.plant(write, record)
            if number % STEP == 0 or number == len(ordered):
                progress(number, len(ordered))
        planter.finish(write)
    for user_id, roles in planter.garden.roles.items():
        grants.set_roles(connection, user_id, roles)
