"""Computed fields that a blueprint adds or changes are worked out for the records already there."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, cast

from sqlalchemy import Connection, MetaData

from engine.access.actor import ENGINE
from engine.blueprint import Blueprint
from engine.clock import Clock
from engine.database.connection import Dialect
from engine.database.ddl import Difference
from engine.database.identifiers import Identifiers
from engine.expressions.moment import moment_at
from engine.expressions.parse import Expression
from engine.publishing.workspace import record_model
from engine.records.recomputing import fill
from engine.records.transaction import Transaction
from engine.schema.computed_order import Place
from engine.schema.model import Field, Pipeline
from engine.schema.tables import PREFIX


def fill_computed(
    connection: Connection,
    blueprint: Blueprint,
    tables: MetaData,
    places: Collection[Place],
    ids: Identifiers,
    clock: Clock,
) -> None:
    """Work out these fields, and what is made of them, for every record."""
    if not places:
        return
    model, dialect = record_model(blueprint, tables), cast(Dialect, connection.dialect.name)
    moment = moment_at(clock.now(), None, model.calendar)
    fill(Transaction(connection, model, dialect, ids, moment, ENGINE, "cli"), places)


def added_fields(blueprint: Blueprint, differences: Iterable[Difference]) -> set[Place]:
    """The computed fields whose columns were added."""
    added = {(item.table, item.name) for item in differences if item.kind == "add_column"}
    return {(field.entity, field.name) for field in _kept(blueprint) if (PREFIX + field.entity, field.name) in added}


def changed_fields(old: Blueprint, new: Blueprint) -> set[Place]:
    """The computed fields that were there, and come to something else now."""
    before = {(field.entity, field.name): _definition(field, old.pipelines) for field in _kept(old)}
    after = {(field.entity, field.name): _definition(field, new.pipelines) for field in _kept(new)}
    return {place for place, definition in after.items() if before.get(place, definition) != definition}


def _kept(blueprint: Blueprint) -> Iterator[Field]:
    fields = (field for entity in blueprint.entities.values() for field in entity.declared)
    return (field for field in fields if field.computed is not None and field.computed.stored)


def _definition(field: Field, pipelines: Mapping[str, Pipeline]) -> tuple[Any, ...]:
    computed = field.computed
    assert computed is not None
    rollup = computed.rollup
    made = [computed.expression, *([rollup.value, rollup.where] if rollup else [])]
    over = (rollup.over, rollup.function) if rollup else ()
    return (computed.kind, computed.snapshot, *over, *(_meaning(each, pipelines) for each in made))


def _meaning(expression: Expression | None, pipelines: Mapping[str, Pipeline]) -> str:
    """The expression, with what the stages say that it may read."""
    if expression is None:
        return ""
    attributes = any(path[-1] in ("probability", "kind") for path in expression.names if len(path) > 1)
    stages = (stage for pipeline in pipelines.values() for stage in pipeline.stages.values())
    said = [(stage.key, stage.probability, stage.kind) for stage in stages] if attributes else ""
    return f"{ast.dump(expression.tree)}{said}"
