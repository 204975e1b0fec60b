"""Values of a record change; line items that are written are added to it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.blueprint_tests.model import Deed
from engine.blueprint_tests.names import Names
from engine.blueprint_tests.step_kind import StepKind
from engine.blueprint_tests.trial import Trial
from engine.language.source import Mapping, Node
from engine.schema.model import SeedRecord
from engine.schema.sections import closed


@dataclass(frozen=True, slots=True)
class Updating:
    record: SeedRecord

    def run(self, trial: Trial) -> None:
        values, lines = trial.values(self.record)
        record_id = trial.id(self.record.entity, self.record.ref)
        trial.write().change(self.record.entity, record_id, values, lines=lines)


class Update(StepKind):
    name = "update"
    options = closed(
        {
            "record": {"type": "string", "description": "The record, by its reference.", "x-zh-CN": "记录的引用名。"},
            "with": {
                "type": "object",
                "description": "Field to its new value; null empties it.",
                "x-zh-CN": "字段及其新值；null 表示清空。",
            },
        },
        ("record", "with"),
        description="Change a record; line items that are written here are added.",
        **{"x-zh-CN": "修改记录；此处写的明细会追加。"},
    )

    def read(self, node: Node, names: Names) -> Deed | None:
        named = names.record(node.get("record")) if isinstance(node, Mapping) else None
        if named is None or not isinstance(node, Mapping):
            return None
        return Updating(names.values(*named, node.get("with"), node.place))
