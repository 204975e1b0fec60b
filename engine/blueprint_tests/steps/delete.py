"""A record goes into the bin."""

from __future__ import annotations

from dataclasses import dataclass

from engine.blueprint_tests.model import Deed
from engine.blueprint_tests.names import Names
from engine.blueprint_tests.step_kind import StepKind
from engine.blueprint_tests.trial import Trial
from engine.language.source import Node


@dataclass(frozen=True, slots=True)
class Deleting:
    entity: str
    ref: str

    def run(self, trial: Trial) -> None:
        trial.write().delete(self.entity, trial.id(self.entity, self.ref))


class Delete(StepKind):
    name = "delete"
    options = {
        "type": "string",
        "description": "Put a record into the bin, by its reference.",
        "x-zh-CN": "按引用名将记录移入回收站。",
    }

    def read(self, node: Node, names: Names) -> Deed | None:
        named = names.record(node)
        return Deleting(*named) if named else None
