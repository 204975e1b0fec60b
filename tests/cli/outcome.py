"""What a command left behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).parents[2] / "blueprints"


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    output: str
    errors: str


Run = Callable[..., Outcome]
