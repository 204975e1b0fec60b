"""Events of one record: what takes place about it, for its timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from engine.expressions.types import Kind
from engine.records.model import Record, Row
from engine.records.query import Condition, PageRequest
from engine.records.timeline import Beside
from engine.schema.model import Entity, Field, ListQuery, Sort
from engine.web.desk import Desk
from engine.web.record_tasks import link_value, targets

MOMENTS = (Kind.DATETIME, Kind.DATE)


def events_of(desk: Desk, record: Record) -> tuple[Beside, ...]:
    """One query for each link of an event that can name the record."""
    newest = (Sort("created_at", descending=True),)
    return tuple(
        Beside(ListQuery(entity.name, _read(entity), sort=newest), PageRequest((_names(link, record),)))
        for entity, link in _links(desk, record)
    )


def takes_place(desk: Desk, entity: Entity, row: Row) -> str:
    """When an event is, in words; empty for one without a day."""
    begin = _begin(entity)
    value: Any = row.get(begin.name) if begin else None
    if isinstance(value, datetime):
        return desk.formats.datetime(value)
    return desk.formats.date(value) if isinstance(value, date) else ""


def _links(desk: Desk, record: Record) -> Iterator[tuple[Entity, Field]]:
    for entity in desk.workspace.blueprint.entities.values():
        if entity.acts_as == "event" and desk.may_visit(entity.name):
            for field in entity.declared:
                if field.type.stored and not field.type.kept_apart and record.entity.name in targets(field):
                    yield entity, field


def _read(entity: Entity) -> tuple[str, ...]:
    begin = _begin(entity)
    return (entity.title, "created_at", *((begin.name,) if begin else ()))


def _begin(entity: Entity) -> Field | None:
    """The first moment or day the blueprint declares."""
    return next((field for field in entity.declared if field.type.expression_type(field).kind in MOMENTS), None)


def _names(link: Field, record: Record) -> Condition:
    return Condition(link.name, "any_of", (link_value(link, record.entity.name, record.id),))
