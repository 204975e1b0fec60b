"""The frozen whole that a blueprint compiles to; each run-time room gets its own piece."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.blueprint_tests.model import BlueprintTest
from engine.expressions.definitions import NONE, Definitions
from engine.forms.model import Screens
from engine.locale.text import Text
from engine.schema.model import Entity, Pipeline, Role, SeedRecord, WorkspaceSettings
from engine.schema.parameters_compiler import Parameter
from engine.schema.task_shapes import TaskShape


@dataclass(frozen=True, slots=True)
class Blueprint:
    id: str
    version: str
    title: Text
    description: Text
    icon: str
    hue: str
    settings: WorkspaceSettings
    entities: Mapping[str, Entity]
    pipelines: Mapping[str, Pipeline]
    roles: Mapping[str, Role]
    screens: Screens
    seed: tuple[SeedRecord, ...]
    demo: tuple[SeedRecord, ...]
    tasks: Mapping[str, TaskShape] = field(default_factory=dict)
    """The entities that act as tasks, by name."""
    tests: tuple[BlueprintTest, ...] = ()
    definitions: Definitions = NONE
    """The functions and the values of parameters that expressions may use."""
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
