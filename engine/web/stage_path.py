"""The stages of a record as a path, and what the next one asks for."""

from __future__ import annotations

from engine.forms.contexts import Guide, StagePath, Step
from engine.records.model import Record
from engine.records.transitions import possible
from engine.schema.model import Pipeline, Transition
from engine.web.desk import Desk
from engine.web.rules import breaks, needed_fields


def stage_path(desk: Desk, record: Record, *, editable: bool) -> StagePath | None:
    """The path of an entity with a stage field; one statement."""
    field = record.entity.stage_field
    pipeline = desk.store.model.pipeline_of(field) if field else None
    if field is None or pipeline is None:
        return None
    now = str(record.row.get(field.name))
    allowed = desk.store.moves(desk.actor, record.entity, record.row) if editable else ()
    steps = _steps(desk, record, pipeline, now, frozenset(allowed))
    return StagePath(desk.text(field.label), steps, _guide(desk, record, pipeline, now, allowed))


def next_stage(desk: Desk, record: Record) -> str:
    """The first stage further along the path that the actor may try; "" at its end."""
    field = record.entity.stage_field
    pipeline = desk.store.model.pipeline_of(field) if field else None
    if field is None or pipeline is None:
        return ""
    now, allowed = record.row.get(field.name), desk.store.moves(desk.actor, record.entity, record.row)
    ahead = _going_on(pipeline, str(now), allowed)
    return ahead[0] if ahead else ""


def _going_on(pipeline: Pipeline, now: str, allowed: tuple[str, ...]) -> list[str]:
    keys = list(pipeline.stages)
    ahead = keys[keys.index(now) + 1 :] if now in keys else []
    return [key for key in ahead if key in allowed and pipeline.stages[key].kind in ("open", "won", "hold")]


def _steps(desk: Desk, record: Record, pipeline: Pipeline, now: str, allowed: frozenset[str]) -> tuple[Step, ...]:
    keys = list(pipeline.stages)
    reached = keys.index(now) if now in keys else -1
    entered = {stage: (start, end) for stage, start, end in desk.store.stages(record.entity.name, record.id)}
    lost = now in pipeline.stages and pipeline.stages[now].kind == "lost"
    steps = []
    for position, stage in enumerate(pipeline.stages.values()):
        state = "now" if stage.key == now else "done" if position < reached and not lost else "ahead"
        spent = ""
        if stage.key in entered and state != "ahead":
            start, end = entered[stage.key]
            days = ((end or desk.store.moment(desk.actor).now) - start).days
            spent = desk.say("record.days", count=days)
        label = desk.text(stage.label)
        steps.append(Step(stage.key, label, state, stage.kind, stage.hue, stage.key in allowed, spent))  # type: ignore[arg-type]
    return tuple(steps)


def _guide(desk: Desk, record: Record, pipeline: Pipeline, now: str, allowed: tuple[str, ...]) -> Guide | None:
    """What is left before the next stage of the path; None at its end and where the actor may not go on."""
    going_on = _going_on(pipeline, now, allowed)
    if not going_on or pipeline.stages[now].kind != "open":
        return None
    target = going_on[0]
    missing = _missing(desk, record, pipeline, now, target)
    fields = [desk.text(record.entity.fields[name].label) for name in missing]
    return Guide(
        stage=target,
        label=desk.text(pipeline.stages[target].label),
        missing=missing,
        fields=desk.say("shell.list_separator").join(fields),
        fill_url=f"/e/{record.entity.name}/{record.id}/edit#c-{missing[0]}" if missing else "",
    )


def _missing(desk: Desk, record: Record, pipeline: Pipeline, now: str, target: str) -> tuple[str, ...]:
    """The fields the easiest transition asks for or fails on, and those that are required once it is made."""
    later = {**record.row, pipeline.field: target}
    required = needed_fields(desk, record.entity, later)
    ways = [_unmet(desk, record, transition) for transition in possible(pipeline, now, target)]
    return tuple(dict.fromkeys((*min(ways, key=len, default=()), *sorted(required))))


def _unmet(desk: Desk, record: Record, transition: Transition) -> tuple[str, ...]:
    empty = [name for name in transition.ask if record.row.get(name) is None]
    condition = transition.condition
    read = sorted({path[0] for path in condition.names}) if condition else []
    failing = read if breaks(desk, record.entity, record.row, condition) else []
    return (*empty, *(name for name in failing if name in record.entity.fields))
