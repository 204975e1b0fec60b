"""What makes an entity that acts as a task one: the day it is due, and the value that says it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.expressions.types import Kind
from engine.language.problems import Problems
from engine.schema.model import Entity, Field, Pipeline

DUE_NAMES = ("due", "due_date", "due_on", "due_at", "deadline")
DONE_NAMES = ("done", "completed", "finished", "closed")
DAYS = (Kind.DATE, Kind.DATETIME)


@dataclass(frozen=True, slots=True)
class TaskShape:
    entity: str
    due: Field
    done: Field
    finished: tuple[Any, ...]
    """The values of `done` that end a task; the first one is written when it is checked off."""
    reopened: Any
    """The value that opens it again."""
    kind: tuple[Field, str] | None = None
    """A choice among whose options is `task`: what a new task is marked with."""

    def is_done(self, row: Mapping[str, Any]) -> bool:
        return row.get(self.done.name) in self.finished


def compile_tasks(
    entities: Mapping[str, Entity], pipelines: Mapping[str, Pipeline], problems: Problems
) -> dict[str, TaskShape]:
    """The shape of each entity that acts as a task. One without a day or without an end is told of and left out."""
    shapes = {}
    for entity in entities.values():
        if entity.acts_as != "task":
            continue
        due, done = _due(entity), _done(entity, pipelines)
        if due is None or done is None:
            code = "W620" if due is None else "W621"
            problems.note(code, entity.place, {"name": entity.name}, length=len(entity.name))
            continue
        shapes[entity.name] = TaskShape(entity.name, due, *done, kind=_kind(entity))
    return shapes


def _due(entity: Entity) -> Field | None:
    days = [field for field in entity.declared if field.type.expression_type(field).kind in DAYS and field.type.stored]
    named = [field for name in DUE_NAMES for field in days if field.name == name]
    plain = [field for field in days if field.type.expression_type(field).kind is Kind.DATE]
    return next(iter([*named, *plain, *days]), None)


def _done(entity: Entity, pipelines: Mapping[str, Pipeline]) -> tuple[Field, tuple[Any, ...], Any] | None:
    """A stage that is won, else a yes or no, else a choice with an option called done."""
    stage = entity.stage_field
    pipeline = pipelines.get(str(stage.settings["pipeline"])) if stage else None
    if stage and pipeline:
        ends = sorted(
            (one for one in pipeline.stages.values() if one.kind in ("won", "lost")), key=lambda one: one.kind != "won"
        )
        if ends and ends[0].kind == "won":
            return stage, tuple(one.key for one in ends), pipeline.first.key
    yes_or_no = [field for field in entity.declared if field.type.expression_type(field).kind is Kind.BOOLEAN]
    for field in yes_or_no:
        if field.name in DONE_NAMES or len(yes_or_no) == 1:
            return field, (True,), False
    for field in entity.declared:
        found = [option.key for option in field.options if option.key in DONE_NAMES]
        if found and field is not stage and field.options[0].key not in found:
            return field, tuple(found), field.options[0].key
    return None


def _kind(entity: Entity) -> tuple[Field, str] | None:
    choices = [field for field in entity.declared if field.options and field is not entity.stage_field]
    return next(((field, "task") for field in choices if field.option("task")), None)
