"""What may be done to many records of an entity at once, and to which of their fields."""

from __future__ import annotations

from engine.expressions.types import Kind
from engine.forms.columns import is_editable_in_place, is_writable
from engine.forms.contexts import BulkActs
from engine.records.transitions import arrivals
from engine.schema.model import Entity, Field, Option, Transition
from engine.schema.tables import unique_groups
from engine.web.desk import Desk


def bulk_acts(desk: Desk, entity: Entity) -> BulkActs:
    policy = desk.workspace.policy
    writable = not policy.grant(desk.actor, "update", entity.name).nothing
    deletable = not policy.grant(desk.actor, "delete", entity.name).nothing
    if not policy.may_bulk(desk.actor, entity.name):
        return BulkActs(merge=writable and deletable)
    return BulkActs(
        edit=writable and bool(edited_fields(entity)),
        move=writable and bool(arrival_stages(desk, entity)),
        assign=writable and "owner" in entity.fields,
        tag=writable and bool(tag_fields(entity)),
        merge=writable and deletable,
        delete=deletable,
    )


def edited_fields(entity: Entity) -> tuple[Field, ...]:
    """What many records may have the same value of."""
    single = {name for names, _ in unique_groups(entity) if len(names) == 1 for name in names}
    fields = (field for field in entity.declared if is_editable_in_place(field) and field.name not in single)
    return tuple(field for field in fields if not field.type.sealed)


def tag_fields(entity: Entity) -> tuple[Field, ...]:
    """Fields that hold several words, of which some can be added or taken away."""
    lists = (field for field in edited_fields(entity) if field.type.expression_type(field).kind is Kind.LIST)
    return tuple(field for field in lists if not field.targets)


def arrival_stages(desk: Desk, entity: Entity) -> tuple[Option, ...]:
    """The stages the person may move records to from anywhere."""
    field = entity.stage_field
    pipeline = desk.store.model.pipeline_of(field) if field else None
    if field is None or pipeline is None or not is_writable(field):
        return ()
    reached = arrivals(pipeline, desk.actor)
    return tuple(option for option in field.options if option.key in reached)


def asked_fields(desk: Desk, entity: Entity, stage: str) -> tuple[Field, ...]:
    """What the moves to a stage that the person may make ask for."""
    field = entity.stage_field
    pipeline = desk.store.model.pipeline_of(field) if field else None
    ways: tuple[Transition, ...] = arrivals(pipeline, desk.actor).get(stage, ()) if pipeline else ()
    names = dict.fromkeys(name for way in ways for name in way.ask)
    return tuple(entity.fields[name] for name in names if is_writable(entity.fields[name]))
