"""The one guard check: whether a record may move from a stage to another, and what is missing when it may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.access.actor import Actor
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.view import RecordView
from engine.schema.model import Entity, Pipeline, Transition


@dataclass(frozen=True, slots=True)
class Guard:
    """The answer for one move. `missing` are fields to ask for; `refusal` cannot be mended by an answer."""

    refusal: Text | None = None
    missing: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        return self.refusal is None and not self.missing


def possible(pipeline: Pipeline, source: str | None, target: str) -> tuple[Transition, ...]:
    """The transitions that lead from one stage to another, whoever asks."""
    return tuple(
        transition
        for transition in pipeline.transitions
        if transition.target == target and (transition.sources is None or source in transition.sources)
    )


def targets(pipeline: Pipeline, source: str | None, actor: Actor) -> tuple[str, ...]:
    """The stages the actor may try to move to, in the pipeline's order."""
    if not pipeline.transitions or actor.unlimited:
        return tuple(key for key in pipeline.stages if key != source)
    return tuple(
        key for key in pipeline.stages if key != source and any(_may(t, actor) for t in possible(pipeline, source, key))
    )


def arrivals(pipeline: Pipeline, actor: Actor) -> Mapping[str, tuple[Transition, ...]]:
    """The stages the actor may move some record to, in the pipeline's order, each with the ways there; without
    transitions every stage, with no way in particular."""
    if not pipeline.transitions or actor.unlimited:
        return dict.fromkeys(pipeline.stages, ())
    ways = [transition for transition in pipeline.transitions if _may(transition, actor)]
    found = {key: tuple(way for way in ways if way.target == key) for key in pipeline.stages}
    return {key: ways_there for key, ways_there in found.items() if ways_there}


def check_move(
    entity: Entity,
    pipeline: Pipeline,
    source: str | None,
    target: str,
    row: Mapping[str, Any],
    actor: Actor,
    view: RecordView,
) -> Guard:
    """Judge the move of `row` (as it will be) from one stage to another. The transition that asks least decides."""
    if not pipeline.transitions or actor.unlimited:
        return Guard()
    ways = possible(pipeline, source, target)
    if not ways:
        return Guard(_refusal("move.none", pipeline, source, target))
    allowed = [transition for transition in ways if _may(transition, actor)]
    if not allowed:
        return Guard(_refusal("move.who", pipeline, source, target))
    guards = [_judge(transition, entity, pipeline, row, view) for transition in allowed]
    return min(guards, key=lambda guard: (guard.refusal is not None, len(guard.missing)))


def _may(transition: Transition, actor: Actor) -> bool:
    return transition.who is None or bool(actor.roles & set(transition.who))


def _judge(
    transition: Transition, entity: Entity, pipeline: Pipeline, row: Mapping[str, Any], view: RecordView
) -> Guard:
    missing = tuple(name for name in transition.ask if row.get(name) is None)
    if not missing and transition.condition is not None and not view.judge(transition.condition, row):
        stage = pipeline.stages[transition.target].label
        fields = [
            entity.fields[path[0]].label for path in sorted(transition.condition.names) if path[0] in entity.fields
        ]
        return Guard(message_text("move.condition", stage=stage, fields=_listed(fields)))
    return Guard(missing=missing)


def _refusal(key: str, pipeline: Pipeline, source: str | None, target: str) -> Text:
    left = pipeline.stages.get(source or "")
    return message_text(key, source=left.label if left else Text.of("-"), stage=pipeline.stages[target].label)


def _listed(labels: list[Text]) -> Text:
    return Text.of(
        {
            "en": ", ".join(dict.fromkeys(label.in_("en") for label in labels)),
            "zh-CN": "、".join(dict.fromkeys(label.in_("zh-CN") for label in labels)),
        }
    )
