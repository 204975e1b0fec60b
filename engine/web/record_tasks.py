"""Tasks of one record: which are open, which are done, and a new one from the composer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.records.model import Record
from engine.records.query import Condition, PageRequest
from engine.records.timeline import Beside
from engine.schema.model import Entity, Field, Sort
from engine.schema.task_shapes import TaskShape
from engine.web.desk import Desk
from engine.web.tasks import Found, done_condition, open_condition, task_query, task_shapes

MOST_OPEN = 8


def links_here(desk: Desk, record: Record) -> Iterator[tuple[TaskShape, Field]]:
    """Each kind of task the person may see with each of its links that can name the record."""
    for shape in task_shapes(desk):
        for field in desk.workspace.blueprint.entities[shape.entity].declared:
            if field.type.stored and not field.type.kept_apart and record.entity.name in targets(field):
                yield shape, field


def targets(field: Field) -> tuple[str, ...]:
    return (field.target,) if field.target else tuple(field.targets)


def link_value(field: Field, entity: str, record_id: int) -> Any:
    """What the link holds when it names the record."""
    return record_id if field.target else field.type.accept(f"{entity}:{record_id}", field)


def open_tasks(desk: Desk, record: Record) -> list[Found]:
    """What is to be done about the record, the earliest day first; one statement for each link that leads here."""
    found: dict[int, Found] = {}
    for shape, link in links_here(desk, record):
        entity = desk.workspace.blueprint.entities[shape.entity]
        request = PageRequest((_names(link, record), open_condition(shape)), limit=MOST_OPEN)
        rows = desk.store.list(desk.actor, task_query(entity, shape, (Sort(shape.due.name),)), request).rows
        found |= {row["id"]: (shape, row) for row in rows}
    return list(found.values())[:MOST_OPEN]


def done_tasks(desk: Desk, record: Record) -> tuple[Beside, ...]:
    """What was done about the record, for its timeline."""
    newest = (Sort("created_at", descending=True),)
    return tuple(
        Beside(
            task_query(desk.workspace.blueprint.entities[shape.entity], shape, newest),
            PageRequest((_names(link, record), done_condition(shape))),
        )
        for shape, link in links_here(desk, record)
    )


def new_task_shape(desk: Desk, record: Record) -> tuple[TaskShape, Field] | None:
    """The kind of task the composer makes, and the link that names the record."""
    may = desk.workspace.policy.may_create
    return next((one for one in links_here(desk, record) if may(desk.actor, one[0].entity)), None)


def links_of_new(desk: Desk, record: Record, entity: Entity, link: Field) -> dict[str, Any]:
    """The link to the record, and the links both have in common: a task about a deal is one about its account."""
    values = {link.name: link_value(link, record.entity.name, record.id)}
    for field in entity.declared:
        same = [one for one in record.entity.declared if one.target and one.target == field.target and one.type.stored]
        if field.name not in values and not field.type.kept_apart and len(same) == 1 and field.target != "user":
            given = record.row.get(same[0].name)
            if isinstance(given, int) and record.row.get(f"{same[0].name}__title"):
                values[field.name] = given
    return values


def marked(shape: TaskShape) -> Mapping[str, Any]:
    """The choice that says it is a task."""
    return {shape.kind[0].name: shape.kind[1]} if shape.kind else {}


def _names(link: Field, record: Record) -> Condition:
    return Condition(link.name, "any_of", (link_value(link, record.entity.name, record.id),))
