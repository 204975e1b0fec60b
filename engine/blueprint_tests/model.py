"""The tests of a blueprint, checked and frozen: who acts, when, what is there, what happens, what must then hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from engine.language.source import Place
from engine.locale.text import Text
from engine.schema.model import SeedRecord

if TYPE_CHECKING:
    from engine.blueprint_tests.outcome import Failure
    from engine.blueprint_tests.trial import Trial


class Deed(Protocol):
    """What one step does."""

    def run(self, trial: Trial) -> None:
        """Write through the gateway as `trial.actor`. Raises one of `REFUSALS`."""


class Claim(Protocol):
    """What must hold at the end."""

    def check(self, trial: Trial) -> Failure | None:
        """None when it holds."""


@dataclass(frozen=True, slots=True)
class Step:
    deed: Deed
    place: Place
    actor: str | None = None
    """A user by reference, when it is not the person of the test."""


@dataclass(frozen=True, slots=True)
class BlueprintTest:
    name: Text
    place: Place
    actor: str | None
    """A user by reference; the engine itself for none."""
    clock: datetime | None
    given: tuple[SeedRecord, ...]
    steps: tuple[Step, ...]
    claims: tuple[Claim, ...]
    records: Mapping[str, str]
    """Reference -> entity, of every record its words may name."""
