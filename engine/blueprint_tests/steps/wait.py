"""Time passes: the clock of the test moves on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.blueprint_tests.model import Deed
from engine.blueprint_tests.names import Names
from engine.blueprint_tests.step_kind import StepKind
from engine.blueprint_tests.trial import Trial
from engine.language.source import Node, Scalar
from engine.schema.file_moments import moved

DURATION = re.compile(r"([1-9][0-9]{0,4})(min|h|d|w|mo|y)")


@dataclass(frozen=True, slots=True)
class Waiting:
    count: int
    unit: str

    def run(self, trial: Trial) -> None:
        trial.ground.clock.set(moved(trial.ground.clock.now(), self.count, self.unit))


class Wait(StepKind):
    name = "wait"
    options = {
        "type": "string",
        "pattern": f"^{DURATION.pattern}$",
        "description": "Move the clock on, as 30min, 4h, 3d, 2w, 1mo or 1y.",
        "x-zh-CN": "拨快时钟，如 30min、4h、3d、2w、1mo 或 1y。",
        "x-words": {"form": {"en": "a time such as 4h or 3d", "zh-CN": "时长，如 4h 或 3d"}},
    }

    def read(self, node: Node, names: Names) -> Deed | None:
        found = DURATION.fullmatch(node.text) if isinstance(node, Scalar) else None
        return Waiting(int(found[1]), found[2]) if found else None
