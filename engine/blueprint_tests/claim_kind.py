"""The contract of what a test may claim beside expressions: one module of `claims/` for each word."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from functools import lru_cache
from typing import Any, ClassVar

from engine.blueprint_tests.model import Claim
from engine.blueprint_tests.names import Names
from engine.language.discovery import registry
from engine.language.source import Node, Scalar


class ClaimKind:
    name: ClassVar[str]
    """The word in YAML, and the module's name."""
    options: ClassVar[dict[str, Any]]
    """JSON Schema of what stands behind the word."""

    def read(self, word: Scalar, node: Node, names: Names) -> Claim | None:
        """The claim, of a node that fits the schema; None when a problem says what is wrong with it."""
        raise NotImplementedError


@lru_cache(maxsize=1)
def claim_kinds() -> MappingType[str, ClaimKind]:
    return registry("engine.blueprint_tests.claims", ClaimKind)
