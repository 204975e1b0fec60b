"""What the gateway works on: its own frozen piece of a blueprint, the tables, and the rows it gives out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import MetaData, Table

from engine.access.actor import Actor
from engine.access.field_rights import NO_LIMITS, FieldLimits, field_limits
from engine.access.policy import Policy
from engine.access.vault import Vault
from engine.expressions.moment import Moment
from engine.expressions.workspace_calendar import Calendar, calendar_of
from engine.records.statements import Statements
from engine.schema.comparisons import Context
from engine.schema.computed_order import Plan, plan_of
from engine.schema.model import Entity, Field, Pipeline
from engine.schema.seen import seen_entities, seen_pipelines
from engine.schema.tables import PREFIX, link_table_name

Row = Mapping[str, Any]
"""Field name -> value, `<link>__title` -> the title of the linked record, and `id`, `version`, `deleted_at`."""


@dataclass(frozen=True, slots=True)
class RecordModel:
    entities: Mapping[str, Entity]
    pipelines: Mapping[str, Pipeline]
    policy: Policy
    metadata: MetaData
    time_zone: str
    week_start: str
    fiscal_year_start: str = "01-01"
    vault: Vault | None = None
    """Seals secrets; None where the workspace has no key."""
    plan: Plan = field(init=False, repr=False, compare=False)
    """Which writes touch which computed values."""
    statements: Statements = field(init=False, repr=False, compare=False, default_factory=Statements)
    limits: FieldLimits = field(default=NO_LIMITS, init=False, repr=False, compare=False)
    """What somebody does not see of the fields, where this is the model as they see it."""
    whole: RecordModel = field(init=False, repr=False, compare=False)
    """The model as the engine sees it; what is judged or worked out is, with everything that is there."""
    _limits: dict[frozenset[str], FieldLimits] = field(default_factory=dict, init=False, repr=False, compare=False)
    _seen: dict[FieldLimits, RecordModel] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plan", plan_of(self.entities))
        object.__setattr__(self, "whole", self)

    def limits_of(self, actor: Actor) -> FieldLimits:
        """What the actor does not see, or not write, of the fields."""
        if actor.unlimited:
            return NO_LIMITS
        known = self.whole._limits
        if actor.roles not in known:
            known[actor.roles] = field_limits(self.policy, self.whole.entities, actor)
        return known[actor.roles]

    def seen_by(self, actor: Actor) -> RecordModel:
        """The model without the fields the actor may not read; the same one for all whose roles leave the same."""
        whole, limits = self.whole, self.limits_of(actor)
        if not limits:
            return whole
        if limits not in whole._seen:
            whole._seen[limits] = whole._as_seen(limits)
        return whole._seen[limits]

    def _as_seen(self, limits: FieldLimits) -> RecordModel:
        entities = seen_entities(self.entities, limits.hidden, limits.locked)
        seen = replace(self, entities=entities, pipelines=seen_pipelines(self.pipelines, limits.hidden))
        for name, value in (("limits", limits), ("whole", self), ("plan", self.plan)):
            object.__setattr__(seen, name, value)
        return seen

    @property
    def calendar(self) -> Calendar:
        return calendar_of(self.time_zone, self.week_start, self.fiscal_year_start)

    def context(self, moment: Moment) -> Context:
        """What comparisons may ask."""
        settings = self.week_start, self.time_zone, self.fiscal_year_start
        return Context(moment.today, moment.now, moment.me, *settings)

    def table(self, entity: str) -> Table:
        return self.metadata.tables[PREFIX + entity]

    def link_table(self, field: Field) -> Table:
        return self.metadata.tables[link_table_name(field)]

    def pipeline_of(self, field: Field) -> Pipeline | None:
        return self.pipelines.get(str(field.settings.get("pipeline", "")))

    def links_to(self, entity: str) -> list[Field]:
        """Every stored link that people set, of any entity, that points at `entity`."""
        return [
            link
            for other in self.entities.values()
            for link in other.fields.values()
            if link.target == entity and link.type.stored and link.computed is None
        ]


@dataclass(frozen=True, slots=True)
class Record:
    """One record as an actor sees it."""

    entity: Entity
    row: Row
    may_update: bool
    may_delete: bool

    @property
    def id(self) -> int:
        return int(self.row["id"])

    @property
    def version(self) -> int:
        return int(self.row["version"])

    @property
    def title(self) -> str:
        return str(self.row.get(self.entity.title) or f"#{self.id}")
