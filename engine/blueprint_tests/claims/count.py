"""How many records somebody finds in a list."""

from __future__ import annotations

from dataclasses import dataclass

from engine.blueprint_tests.claim_kind import ClaimKind
from engine.blueprint_tests.model import Claim
from engine.blueprint_tests.names import Names
from engine.blueprint_tests.outcome import Failure
from engine.blueprint_tests.sections import AS
from engine.blueprint_tests.trial import Trial
from engine.language.source import Mapping, Node, Place, Scalar
from engine.locale.catalogue import message_text
from engine.schema.compilation import text_of
from engine.schema.model import ListQuery
from engine.schema.sections import EXPRESSION, closed


@dataclass(frozen=True, slots=True)
class CountClaim:
    place: Place
    query: ListQuery
    wanted: int
    person: str | None

    def check(self, trial: Trial) -> Failure | None:
        actor = trial.person(self.person) if self.person else trial.actor
        found = trial.store.aggregate(actor, self.query).count
        if found == self.wanted:
            return None
        return Failure(self.place, message_text("tests.other_count", found=found, wanted=self.wanted))


class Count(ClaimKind):
    name = "count"
    options = closed(
        {
            "of": {"type": "string", "description": "The entity.", "x-zh-CN": "实体。"},
            "where": EXPRESSION
            | {
                "description": "Which records; all of them when it is not written.",
                "x-zh-CN": "哪些记录；不写则为全部。",
            },
            "as": AS
            | {
                "description": "Who counts what they may read, when it is somebody else.",
                "x-zh-CN": "由另一人清点其可见的记录时，写明是谁。",
            },
            "is": {"type": "integer", "minimum": 0, "description": "How many.", "x-zh-CN": "数量。"},
        },
        ("of", "is"),
        description="How many records a person finds.",
        **{"x-zh-CN": "某人能找到多少条记录。"},
    )

    def read(self, word: Scalar, node: Node, names: Names) -> Claim | None:
        entity = names.entity(node.get("of")) if isinstance(node, Mapping) else None
        if entity is None or not isinstance(node, Mapping):
            return None
        query = ListQuery(entity.name, (), names.filter(node.get("where"), entity.name))
        return CountClaim(word.place, query, int(text_of(node.get("is")) or 0), names.person(node.get("as")))
