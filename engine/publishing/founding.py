"""From a blueprint folder to a running workspace: founding an empty database, opening and updating a founded one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection, MetaData

from engine.access.vault import Vault
from engine.blueprint import Blueprint
from engine.clock import Clock
from engine.compiling import NO_VALUES, Compiled, compile_folder, compile_sources, values_of
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.publishing.apply import Progress, apply_changes, catch_up, found, plant
from engine.publishing.versions import digest, published
from engine.publishing.workspace import Workspace, make_workspace, tables_of
from engine.records.planting import Garden, Planter

Finish = Callable[[Connection, Workspace], None]


class BlueprintBroken(Exception):
    """The blueprint has errors; `compiled.problems` holds them."""

    def __init__(self, compiled: Compiled) -> None:
        super().__init__("\n".join(compiled.problems.lines()))
        self.compiled = compiled


class Founder:
    """Founds, opens and updates the workspace of one database."""

    def __init__(self, database: Database, ids: Identifiers, clock: Clock, vault: Vault | None = None) -> None:
        self._database, self._ids, self._clock, self._vault = database, ids, clock, vault

    def open(self) -> Workspace | None:
        """The workspace as it was published, with what a newer engine keeps beside its records; None when none was
        founded here. Raises `BlueprintBroken`."""
        with self._database.read() as connection:
            version = published(connection)
        if version is None:
            return None
        blueprint = _sound(compile_sources(version.sources))
        tables = tables_of(blueprint)
        catch_up(self._database, blueprint, tables, self._ids, self._clock)
        return self._workspace(version.workspace, blueprint, tables)

    def found(
        self,
        folder: Path,
        name: str | None,
        demo: bool,
        progress: Progress,
        finish: Finish | None = None,
        values: Mapping[str, str] = NO_VALUES,
    ) -> Workspace:
        """Found a workspace from a blueprint folder, with its seed and, if wanted, its demo records; `finish` may write
        more in the same transaction, and `values` of parameters stay with it. Raises `BlueprintBroken`,
        `AlreadyFounded`, `PlantingRefused` and what `finish` raises; then nothing is written."""
        compiled = compile_folder(folder, values, values.keys())
        blueprint = _sound(compiled)
        title = name or blueprint.title.in_("en")
        tables = tables_of(blueprint)
        workspace = self._workspace(title, blueprint, tables)

        def plant_all(connection: Connection) -> None:
            planter = Planter(workspace.store.model, self._clock.now(), Garden())
            for records, source in ((blueprint.seed, "seed"), (blueprint.demo if demo else (), "demo")):
                plant(connection, workspace.store, planter, records, source, progress)
            if finish:
                finish(connection, workspace)

        found(self._database, blueprint, tables, compiled.sources, title, self._ids, self._clock, plant_all)
        return workspace

    def update(self, folder: Path, workspace: Workspace, values: Mapping[str, str] = NO_VALUES) -> Workspace:
        """The workspace under the blueprint in `folder`: the same one when nothing changed, else with what was added.
        Parameters keep the values they were given before, but for those in `values`.
        Raises `BlueprintBroken`, `NotAdditive`; then nothing was changed."""
        with self._database.read() as connection:
            version = published(connection)
        kept = values_of(version.sources) if version else NO_VALUES
        compiled = compile_folder(folder, {**kept, **values}, values.keys())
        blueprint = _sound(compiled)
        if version is not None and version.hash == digest(compiled.sources):
            return workspace
        old, tables = workspace.blueprint, tables_of(blueprint)
        apply_changes(self._database, old, blueprint, tables, compiled.sources, self._ids, self._clock)
        return self._workspace(workspace.name, blueprint, tables)

    def _workspace(self, name: str, blueprint: Blueprint, tables: MetaData) -> Workspace:
        return make_workspace(name, blueprint, tables, self._database, self._ids, self._clock, self._vault)


def _sound(compiled: Compiled) -> Blueprint:
    if compiled.blueprint is None:
        raise BlueprintBroken(compiled)
    return compiled.blueprint
