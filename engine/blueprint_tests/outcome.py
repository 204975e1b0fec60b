"""How a test of a blueprint ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.blueprint_tests.model import BlueprintTest
from engine.language.source import Place
from engine.locale.text import Text


@dataclass(frozen=True, slots=True)
class Failure:
    """What does not hold and where it is written; `parts` are the parts of an expression with what they came to."""

    place: Place
    message: Text
    parts: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    test: BlueprintTest
    failures: tuple[Failure, ...]
    seconds: float

    @property
    def passed(self) -> bool:
        return not self.failures
