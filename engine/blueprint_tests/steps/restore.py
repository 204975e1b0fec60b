"""A record comes back from the bin."""

from __future__ import annotations

from dataclasses import dataclass

from engine.blueprint_tests.model import Deed
from engine.blueprint_tests.names import Names
from engine.blueprint_tests.step_kind import StepKind
from engine.blueprint_tests.trial import Trial
from engine.language.source import Node


@dataclass(frozen=True, slots=True)
class Restoring:
    entity: str
    ref: str

    def run(self, trial: Trial) -> None:
        trial.write().restore(self.entity, trial.id(self.entity, self.ref))


class Restore(StepKind):
    name = "restore"
    options = {
        "type": "string",
        "description": "Take a record out of the bin, by its reference.",
        "x-zh-CN": "按引用名从回收站恢复记录。",
    }

    def read(self, node: Node, names: Names) -> Deed | None:
        named = names.record(node)
        return Restoring(*named) if named else None
