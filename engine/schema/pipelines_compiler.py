"""Pipelines: states first (fields need them), transitions once every field is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping as MappingType
from dataclasses import replace
from typing import cast

from engine.expressions.types import BOOLEAN
from engine.language.names import check_key, check_name
from engine.language.source import Mapping, Node, Scalar
from engine.schema.compilation import Compilation, FieldMap, humanise, is_true, pairs, scalars, text_of, texts_of
from engine.schema.model import Option, Pipeline, Stage, StageKind, Transition
from engine.schema.scope import EntityScope

Pipelines = MappingType[str, Pipeline]
KIND_HUES = {"open": "sky", "won": "green", "lost": "red", "hold": "gray"}
KIND_PROBABILITY = {"won": 100, "lost": 0, "open": 50, "hold": 50}


def compile_states(compilation: Compilation) -> dict[str, Pipeline]:
    """Every pipeline with its stages and without its transitions; the field is still unknown."""
    for key, _ in compilation.section("pipelines"):
        check_name(key, compilation.problems)
    return {
        key.text: _pipeline(key, node, compilation)
        for key, node in compilation.section("pipelines")
        if isinstance(node, Mapping)
    }


def _pipeline(key: Scalar, node: Mapping, compilation: Compilation) -> Pipeline:
    for name, _ in pairs(node.get("states")):
        check_key(name, compilation.problems)
    stages = {name.text: _stage(name, state, compilation) for name, state in pairs(node.get("states"))}
    if not stages:
        compilation.problems.add("E403", key.place, length=len(key.text), name=key.text)
    return Pipeline(
        name=key.text,
        entity=text_of(node.get("entity")) or "",
        field=text_of(node.get("field")) or "",
        label=compilation.text(node.get("label"), humanise(key.text)),
        stages=stages,
        transitions=(),
    )


def _stage(key: Scalar, node: Node, compilation: Compilation) -> Stage:
    given = node if isinstance(node, Mapping) else Mapping(key.place)
    kind = cast(StageKind, text_of(given.get("kind")) or "open")
    probability = given.get("probability")
    value = probability.value if isinstance(probability, Scalar) else None
    rots = text_of(given.get("rots_after"))
    return Stage(
        key=key.text,
        label=compilation.text(given.get("label"), humanise(key.text)),
        kind=kind,
        probability=value if isinstance(value, int) else KIND_PROBABILITY.get(kind, 50),
        hue=text_of(given.get("hue")) or KIND_HUES.get(kind, "gray"),
        rots_after_days=int(rots[:-1]) if rots and rots[:-1].isdigit() else None,
        limit=_limit(given.get("limit")),
        limit_blocks=is_true(given.get("limit_blocks")),
    )


def _limit(node: Node | None) -> int | None:
    value = node.value if isinstance(node, Scalar) else None
    return value if isinstance(value, int) and value > 0 else None


def stage_options(pipeline: Pipeline) -> tuple[Option, ...]:
    return tuple(Option(stage.key, stage.label, stage.hue) for stage in pipeline.stages.values())


def finish_pipelines(
    pipelines: Pipelines, fields: FieldMap, roles: Iterable[str], compilation: Compilation
) -> dict[str, Pipeline]:
    """Bind each pipeline to its stage field and compile its transitions."""
    role_names = tuple(roles)
    return {
        key.text: _finish(key, node, pipelines[key.text], fields, role_names, compilation)
        for key, node in compilation.section("pipelines")
        if isinstance(node, Mapping) and key.text in pipelines
    }


def _finish(
    key: Scalar, node: Mapping, pipeline: Pipeline, fields: FieldMap, roles: tuple[str, ...], compilation: Compilation
) -> Pipeline:
    entity = node.get("entity")
    if not isinstance(entity, Scalar) or not compilation.known("E212", entity, fields):
        return pipeline
    field = _stage_field(pipeline, fields)
    if field is None:
        _report_unused(key, pipeline, fields, compilation)
        return pipeline
    scope = compilation.scope(pipeline.entity, fields)
    transitions = tuple(
        _transition(name, item, pipeline, scope, roles, compilation)
        for name, item in pairs(node.get("transitions"))
        if isinstance(item, Mapping)
    )
    finished = replace(pipeline, field=field, transitions=transitions)
    if all(t.target in pipeline.stages and set(t.sources or ()) <= pipeline.stages.keys() for t in transitions):
        _report_unreachable(node, finished, compilation)
    return finished


def _report_unused(key: Scalar, pipeline: Pipeline, fields: FieldMap, compilation: Compilation) -> None:
    """A pipeline no field shows; silent when the fault is told at the field that should."""
    mistaken = any(field.broken for field in fields[pipeline.entity].values())
    elsewhere = any(f.settings.get("pipeline") == pipeline.name for own in fields.values() for f in own.values())
    if not mistaken and not elsewhere:
        compilation.problems.add("E406", key.place, length=key.width, name=key.text, entity=pipeline.entity)


def _stage_field(pipeline: Pipeline, fields: FieldMap) -> str | None:
    own = [f.name for f in fields[pipeline.entity].values() if f.settings.get("pipeline") == pipeline.name]
    return pipeline.field if pipeline.field in own else (own[0] if own and not pipeline.field else None)


def _transition(
    key: Scalar,
    node: Mapping,
    pipeline: Pipeline,
    scope: EntityScope,
    roles: tuple[str, ...],
    compilation: Compilation,
) -> Transition:
    sources, target = scalars(node.get("from")), scalars(node.get("to"))
    for stage in (*(s for s in sources if s.text != "any"), *target):
        compilation.known("E402", stage, pipeline.stages, pipeline=pipeline.name)
    for role in scalars(node.get("who")):
        compilation.known("E215", role, roles)
    for field in scalars(node.get("ask")):
        compilation.known("E213", field, scope.fields[pipeline.entity], where=f"{key.text}.ask")
    if "who" in node and not texts_of(node.get("who")):
        compilation.problems.add("E405", key.place, length=len(key.text), name=key.text)
    return Transition(
        name=key.text,
        label=compilation.text(node.get("label"), humanise(key.text)),
        sources=None if any(s.text == "any" for s in sources) else tuple(s.text for s in sources),
        target=target[0].text if target else "",
        who=texts_of(node.get("who")) if "who" in node else None,
        condition=compilation.expression(node.get("if"), replace(scope, of_write=True), BOOLEAN),
        ask=texts_of(node.get("ask")),
    )


def _report_unreachable(node: Mapping, pipeline: Pipeline, compilation: Compilation) -> None:
    """A stage no chain of transitions leads to from the first one."""
    if not pipeline.transitions or not pipeline.stages:
        return
    reached = {pipeline.first.key}
    for _ in pipeline.stages:
        reached |= {t.target for t in pipeline.transitions if t.sources is None or reached & set(t.sources)}
    for key, _node in pairs(node.get("states")):
        if key.text not in reached:
            compilation.problems.add("E401", key.place, length=len(key.text), name=key.text)
