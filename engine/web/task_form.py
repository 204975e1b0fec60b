"""A task written in the composer: its first line names it, the rest is its note, and a few controls ask for its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.forms.binding import Bound, bind, gathered
from engine.forms.contexts import Control
from engine.forms.controls import Filled
from engine.locale.text import Text
from engine.records.model import Record
from engine.schema.model import Entity, Field
from engine.schema.task_shapes import TaskShape
from engine.web.desk import Desk
from engine.web.record_tasks import links_of_new, marked, targets
from engine.web.titles import titles_of

PREFIX = "task."
MOST_ASKED = 4


def task_fields(desk: Desk, shape: TaskShape, link: Field) -> tuple[Field, ...]:
    """The day, who does it, and what every such record must have and nothing else gives."""
    entity = desk.workspace.blueprint.entities[shape.entity]
    given = {entity.title, link.name, shape.due.name, *marked(shape)}
    asked = [
        field
        for field in entity.declared
        if field.always_required and field.default is None and field.name not in given and field.type.stored
    ]
    return (shape.due, entity.fields["owner"], *asked)[:MOST_ASKED]


def task_controls(
    desk: Desk, shape: TaskShape, link: Field, bound: Bound, errors: Mapping[str, Text]
) -> tuple[Control, ...]:
    user = desk.request.user
    row = {"owner": desk.actor.user_id, "owner__title": user.name if user else ""}
    found = {name.removeprefix(PREFIX): text for name, text in errors.items() if name.startswith(PREFIX)}
    owner = bound.values.get("owner")
    titles = titles_of(desk, [("user", owner)] if isinstance(owner, int) else [])
    filled = Filled(row, bound.typed, found, titles)
    maker = replace(desk.controls, mark="composer-")
    return tuple(
        replace(maker.control(field, filled, prefix=PREFIX), help="", create_url="", wide=False)
        for field in task_fields(desk, shape, link)
    )


def read_task(desk: Desk, shape: TaskShape, link: Field) -> Bound:
    texts = gathered(desk.request.form.multi_items())
    own = {name.removeprefix(PREFIX): text for name, text in texts.items() if name.startswith(PREFIX)}
    return bind(task_fields(desk, shape, link), own, desk.formats)


def task_values(desk: Desk, record: Record, shape: TaskShape, link: Field, body: str, bound: Bound) -> dict[str, Any]:
    """The values of the new record."""
    entity = desk.workspace.blueprint.entities[shape.entity]
    first, _, rest = body.strip().partition("\n")
    values: dict[str, Any] = {entity.title: first.strip() or None, **links_of_new(desk, record, entity, link)}
    note = _note(entity)
    if note and rest.strip():
        values[note.name] = rest.strip()
    return {**values, **marked(shape), **bound.values}


def full_form(desk: Desk, shape: TaskShape, values: Mapping[str, Any]) -> dict[str, str]:
    """The same values for the address of the full form, which asks for what the composer does not."""
    entity = desk.workspace.blueprint.entities[shape.entity]
    return {
        name: entity.fields[name].type.edit_text(value, entity.fields[name], desk.formats)
        for name, value in values.items()
        if value is not None and not targets(entity.fields[name])
    } | {name: str(value) for name, value in values.items() if isinstance(value, int) and targets(entity.fields[name])}


def _note(entity: Entity) -> Field | None:
    return next((field for field in entity.declared if field.type.widget == "long_text"), None)
