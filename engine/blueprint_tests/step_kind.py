"""The contract of a step: one module of `steps/` says how it is written and what it does."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from functools import lru_cache
from typing import Any, ClassVar

from engine.blueprint_tests.model import Deed
from engine.blueprint_tests.names import Names
from engine.language.discovery import registry
from engine.language.source import Node


class StepKind:
    name: ClassVar[str]
    """The word in YAML, and the module's name."""
    options: ClassVar[dict[str, Any]]
    """JSON Schema of what stands behind the word."""

    def read(self, node: Node, names: Names) -> Deed | None:
        """The deed, of a node that fits the schema; None when a problem says what is wrong with it."""
        raise NotImplementedError


@lru_cache(maxsize=1)
def step_kinds() -> MappingType[str, StepKind]:
    return registry("engine.blueprint_tests.steps", StepKind)
