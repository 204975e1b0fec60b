"""One workspace as it runs: a published blueprint, its gateway, its name. Swapped whole when a version is published."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import MetaData

from engine.access.actor import Actor
from engine.access.field_rights import FieldLimits
from engine.access.policy import Policy
from engine.access.vault import Vault
from engine.blueprint import Blueprint
from engine.clock import Clock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.publishing.seen import seen_blueprint
from engine.records.model import RecordModel
from engine.records.store import Store
from engine.schema.tables import build_tables


@dataclass(frozen=True, slots=True)
class Workspace:
    name: str
    blueprint: Blueprint
    store: Store
    _seen: dict[FieldLimits, Workspace] = field(default_factory=dict, init=False, repr=False, compare=False)

    def seen_by(self, actor: Actor) -> Workspace:
        """The workspace without the fields that the actor may not read, and without the screens that are about them."""
        limits = self.store.model.limits_of(actor)
        if not limits:
            return self
        if limits not in self._seen:
            store = self.store.seen_by(actor)
            self._seen[limits] = Workspace(self.name, seen_blueprint(self.blueprint, store.model), store)
        return self._seen[limits]

    @property
    def policy(self) -> Policy:
        return self.store.model.policy


def tables_of(blueprint: Blueprint) -> MetaData:
    """The tables of a blueprint, with the indexes its views ask for."""
    views = (view for by_name in blueprint.screens.views.values() for view in by_name.values())
    return build_tables(blueprint.entities, [view.query for view in views])


def record_model(blueprint: Blueprint, tables: MetaData, vault: Vault | None = None) -> RecordModel:
    """What the gateway works on."""
    return RecordModel(
        entities=blueprint.entities,
        pipelines=blueprint.pipelines,
        policy=Policy(blueprint.roles),
        metadata=tables,
        time_zone=blueprint.settings.time_zone,
        week_start=blueprint.settings.week_start,
        fiscal_year_start=blueprint.settings.fiscal_year_start,
        vault=vault,
    )


def make_workspace(
    name: str,
    blueprint: Blueprint,
    tables: MetaData,
    database: Database,
    ids: Identifiers,
    clock: Clock,
    vault: Vault | None = None,
) -> Workspace:
    """A blueprint at work on its `tables_of`."""
    model = record_model(blueprint, tables, vault)
    return Workspace(name, blueprint, Store(database, model, ids, clock))
