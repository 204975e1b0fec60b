"""Entities as somebody sees them who may not see, or not write, some of their fields."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace

from engine.expressions.parse import constant
from engine.schema.import_maps import ImportMap
from engine.schema.matching import matched_fields
from engine.schema.model import Entity, Field, Pipeline

Place = tuple[str, str]
"""(entity, field)"""


def seen_entities(entities: Mapping[str, Entity], hidden: Set[Place], locked: Set[Place]) -> dict[str, Entity]:
    """Without the fields that are hidden; those that are locked are always read-only."""
    touched = {entity for entity, _ in (*hidden, *locked)}
    return {
        name: _seen(entity, frozenset(n for e, n in hidden if e == name), frozenset(n for e, n in locked if e == name))
        if name in touched
        else entity
        for name, entity in entities.items()
    }


def seen_pipelines(pipelines: Mapping[str, Pipeline], hidden: Set[Place]) -> dict[str, Pipeline]:
    """No transition asks for a field that is hidden."""
    return {name: _seen_pipeline(pipeline, hidden) for name, pipeline in pipelines.items()}


def _seen(entity: Entity, hidden: Set[str], locked: Set[str]) -> Entity:
    fields = {name: _field(field, locked) for name, field in entity.fields.items() if name not in hidden}
    matching = tuple(rule for rule in entity.matching if not hidden & set(matched_fields((rule,))))
    return replace(
        entity,
        fields=fields,
        header=tuple(name for name in entity.header if name not in hidden),
        slots={slot: name for slot, name in entity.slots.items() if name not in hidden},
        unique=tuple(group for group in entity.unique if not hidden & set(group)),
        matching=matching,
        imports=tuple(kept for kept in entity.imports if not _names(kept) & (hidden | locked)),
        checks=tuple(replace(check, beside=None) if check.beside in hidden else check for check in entity.checks),
    )


def _field(field: Field, locked: Set[str]) -> Field:
    return replace(field, readonly=constant(True), required=None) if field.name in locked else field


def _names(kept: ImportMap) -> set[str | None]:
    return {*(column.field for column in kept.columns), *(kept.key or ())}


def _seen_pipeline(pipeline: Pipeline, hidden: Set[Place]) -> Pipeline:
    if not any((pipeline.entity, name) in hidden for way in pipeline.transitions for name in way.ask):
        return pipeline
    transitions = tuple(
        replace(way, ask=tuple(name for name in way.ask if (pipeline.entity, name) not in hidden))
        for way in pipeline.transitions
    )
    return replace(pipeline, transitions=transitions)
