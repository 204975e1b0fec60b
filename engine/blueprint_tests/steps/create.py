"""New records, written as in `given`, but under every rule and right."""

from __future__ import annotations

from dataclasses import dataclass

from engine.blueprint_tests.model import Deed
from engine.blueprint_tests.names import Names
from engine.blueprint_tests.step_kind import StepKind
from engine.blueprint_tests.trial import Trial
from engine.language.source import Node
from engine.schema.model import SeedRecord
from engine.schema.sections import RECORDS


@dataclass(frozen=True, slots=True)
class Creating:
    records: tuple[SeedRecord, ...]

    def run(self, trial: Trial) -> None:
        for record in self.records:
            values, lines = trial.values(record)
            record_id = trial.write().create(record.entity, values, lines)
            trial.garden.ids[record.entity, record.ref] = record_id


class Create(StepKind):
    name = "create"
    options = {
        **RECORDS,
        "description": "New records, as entity, reference and values.",
        "x-zh-CN": "新记录，写法为实体、引用名和值。",
    }

    def read(self, node: Node, names: Names) -> Deed | None:
        records = names.records(node)
        return Creating(records) if records else None
