"""A record moves to another stage by a transition of its pipeline, under its guard."""

from __future__ import annotations

from dataclasses import dataclass

from engine.blueprint_tests.model import Deed
from engine.blueprint_tests.names import Names
from engine.blueprint_tests.step_kind import StepKind
from engine.blueprint_tests.trial import Trial
from engine.language.source import Mapping, Node, Scalar
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import MoveRefused
from engine.schema.model import Pipeline, SeedRecord, Transition as Move
from engine.schema.sections import closed


@dataclass(frozen=True, slots=True)
class Moving:
    record: SeedRecord
    pipeline: Pipeline
    move: Move

    def run(self, trial: Trial) -> None:
        entity, field = self.record.entity, self.pipeline.field
        record_id = trial.id(entity, self.record.ref)
        self._check_source(trial.write().stored(entity, record_id)[field])
        values, lines = trial.values(self.record)
        trial.write().change(entity, record_id, {**values, field: self.move.target}, lines=lines)

    def _check_source(self, stage: str | None) -> None:
        """Another transition may lead to the same stage: the one that is named must leave from here."""
        if self.move.sources is None or stage in self.move.sources:
            return
        left = self.pipeline.stages.get(stage or "")
        source = left.label if left else Text.of("-")
        reason = message_text("tests.not_from_here", name=self.move.name, source=source)
        raise MoveRefused(reason, (), self.move.target)


class Transition(StepKind):
    name = "transition"
    options = closed(
        {
            "record": {"type": "string", "description": "The record, by its reference.", "x-zh-CN": "记录的引用名。"},
            "name": {
                "type": "string",
                "description": "The transition of its pipeline.",
                "x-zh-CN": "所属流程中的转换。",
            },
            "with": {
                "type": "object",
                "description": "Field to the value that is answered.",
                "x-zh-CN": "字段及所填的值。",
            },
        },
        ("record", "name"),
        description="Move a record to another stage.",
        **{"x-zh-CN": "将记录移到另一阶段。"},
    )

    def read(self, node: Node, names: Names) -> Deed | None:
        named = names.record(node.get("record")) if isinstance(node, Mapping) else None
        word = node.get("name") if isinstance(node, Mapping) else None
        if named is None or not isinstance(node, Mapping) or not isinstance(word, Scalar):
            return None
        record = names.values(*named, node.get("with"), node.place)
        pipeline = next((each for each in names.known.pipelines.values() if each.entity == named[0]), None)
        moves = {move.name: move for move in pipeline.transitions} if pipeline else {}
        if pipeline is None or word.text not in moves:
            names.unknown("E506", word, moves, entity=named[0])
            return None
        return Moving(record, pipeline, moves[word.text])
