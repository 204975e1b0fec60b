"""Nodes in, model out: entities, pipelines, roles, settings and the records a blueprint brings."""

from __future__ import annotations

from collections.abc import Mapping as MappingType, Set
from dataclasses import dataclass, replace

from engine.expressions.definitions import Definitions
from engine.language.problems import Problems
from engine.language.source import Mapping
from engine.schema.compilation import Compilation, FieldMap
from engine.schema.computed_compiler import resolve_computed
from engine.schema.computed_order import check_rings
from engine.schema.entities_compiler import compile_entities, compile_shapes
from engine.schema.field_rights import report_needed
from engine.schema.field_type import FieldType
from engine.schema.functions_compiler import compile_definitions
from engine.schema.import_maps_compiler import compile_import_maps
from engine.schema.joints_compiler import check_joints
from engine.schema.matching_compiler import compile_matching
from engine.schema.model import Default, Entity, Pipeline, Role, SeedRecord, WorkspaceSettings
from engine.schema.options_compiler import compile_option_sets
from engine.schema.parameters_compiler import Parameter, compile_parameters
from engine.schema.pipelines_compiler import compile_states, finish_pipelines
from engine.schema.records_compiler import compile_records
from engine.schema.roles_compiler import compile_roles
from engine.schema.settings_compiler import compile_settings
from engine.schema.task_shapes import TaskShape, compile_tasks
from engine.schema.unused import report_unused


@dataclass(frozen=True, slots=True)
class Model:
    settings: WorkspaceSettings
    entities: MappingType[str, Entity]
    pipelines: MappingType[str, Pipeline]
    roles: MappingType[str, Role]
    seed: tuple[SeedRecord, ...]
    demo: tuple[SeedRecord, ...]
    tasks: MappingType[str, TaskShape]
    definitions: Definitions
    parameters: MappingType[str, Parameter]


def compile_model(
    root: Mapping, types: MappingType[str, FieldType], problems: Problems, mentioned: Set[str] = frozenset()
) -> Model:
    """Compile the schema sections of a merged blueprint; every fault goes to `problems`. `mentioned` are parameters
    whose values stand in the tree already."""
    settings = compile_settings(root.get("settings"), Compilation(root, types, (), "", problems))
    compilation = Compilation(root, types, settings.languages, settings.currency, problems)
    pipelines = compile_states(compilation)
    sets = compile_option_sets(compilation)
    shapes = compile_shapes(sets, pipelines, compilation)
    parameters, broken = compile_parameters(sets, compilation)
    constants = {name: parameter.constant for name, parameter in parameters.items()}
    untold = replace(compilation, problems=Problems())
    definitions = compile_definitions(constants, broken, shapes, sets, pipelines, untold)
    shapes = resolve_computed(shapes, replace(compilation, definitions=definitions))
    definitions = compile_definitions(constants, broken, shapes, sets, pipelines, compilation)
    compilation = replace(compilation, definitions=definitions)
    report_unused(root, mentioned, compilation)
    _unbound_stages(shapes, pipelines, compilation)
    roles = compile_roles(shapes, compilation)
    finished = finish_pipelines(pipelines, shapes, roles, compilation)
    entities = {
        name: _with_first_stage(entity, finished) for name, entity in compile_entities(shapes, compilation).items()
    }
    check_rings(entities, problems)
    check_joints(entities, compilation)
    matching = compile_matching(entities, compilation)
    maps = compile_import_maps(entities, compilation)
    entities = {name: replace(entity, matching=matching[name], imports=maps[name]) for name, entity in entities.items()}
    report_needed(entities, compilation)
    seed, demo = compile_records(entities, roles, compilation)
    tasks = compile_tasks(entities, finished, problems)
    return Model(settings, entities, finished, roles, seed, demo, tasks, definitions, parameters)


def _unbound_stages(shapes: FieldMap, pipelines: MappingType[str, Pipeline], compilation: Compilation) -> None:
    """A stage field whose pipeline belongs to another entity that there is."""
    for fields in shapes.values():
        for field in fields.values():
            pipeline = pipelines.get(str(field.settings.get("pipeline", "")))
            if pipeline and pipeline.entity != field.entity and pipeline.entity in shapes:
                given = {"name": field.name, "entity": field.entity}
                compilation.problems.note("E404", field.place, given, length=len(field.name))


def _with_first_stage(entity: Entity, pipelines: MappingType[str, Pipeline]) -> Entity:
    """The entity with the initial stage as the default of its stage field, unless one is written."""
    field = entity.stage_field
    pipeline = pipelines.get(str(field.settings["pipeline"])) if field else None
    if field is None or field.default or pipeline is None or not pipeline.stages:
        return entity
    first = replace(field, default=Default(value=pipeline.first.key))
    fields = {**entity.fields, field.name: first}
    return replace(entity, fields=fields)
