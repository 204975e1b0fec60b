"""A step was refused, as the test expects; a refusal that nothing expects fails the test."""

from __future__ import annotations

from dataclasses import dataclass

from engine.blueprint_tests.claim_kind import ClaimKind
from engine.blueprint_tests.model import Claim
from engine.blueprint_tests.names import Names
from engine.blueprint_tests.outcome import Failure
from engine.blueprint_tests.trial import Rejected, Trial
from engine.language.source import Mapping, Node, Place, Scalar
from engine.locale.catalogue import message_text
from engine.schema.compilation import text_of


@dataclass(frozen=True, slots=True)
class Refusal:
    place: Place
    field: str | None = None
    says: str | None = None
    step: int | None = None
    row: int | None = None

    def check(self, trial: Trial) -> Failure | None:
        waiting = [each for each in trial.rejected if not each.expected]
        found = next((each for each in waiting if self._means(each)), None)
        if found is not None:
            found.expected = True
            return None
        if not waiting:
            return Failure(self.place, message_text("tests.nothing_refused"))
        return Failure(self.place, message_text("tests.refused_otherwise", reason=waiting[0].told()))

    def _means(self, refused: Rejected) -> bool:
        if self.step not in (None, refused.step) or self.row not in (None, refused.row):
            return False
        if self.field is not None and self.field not in refused.errors:
            return False
        told = [refused.errors[self.field]] if self.field is not None else list(refused.errors.values())
        return self.says is None or any(self.says in words for text in told for _, words in text.by_language)


class Refused(ClaimKind):
    name = "refused"
    options = {
        "type": ["boolean", "object"],
        "properties": {
            "field": {
                "type": "string",
                "description": "The field the refusal is about, as `amount` or `lines.0.product`.",
                "x-zh-CN": "被拒绝所涉及的字段，如 `amount` 或 `lines.0.product`。",
            },
            "says": {
                "type": "string",
                "description": "Words of its sentence, in any language.",
                "x-zh-CN": "提示语中的文字，任一语言均可。",
            },
            "step": {
                "type": "integer",
                "minimum": 1,
                "description": "Which step, counted from 1.",
                "x-zh-CN": "第几步，从 1 起计。",
            },
            "row": {
                "type": "integer",
                "minimum": 1,
                "description": "Which line of an imported table, as counted there.",
                "x-zh-CN": "导入表格中的第几行，按表格行号计。",
            },
        },
        "additionalProperties": False,
        "description": "A step is refused. Each claim stands for one refusal, in their order; true for any.",
        "x-zh-CN": "某个步骤被拒绝。每条断言依次对应一次拒绝；true 表示任意一次。",
    }

    def read(self, word: Scalar, node: Node, names: Names) -> Claim | None:
        if not isinstance(node, Mapping):
            return Refusal(word.place)
        names.check_field(node.get("field"))
        written = {name: text_of(node.get(name)) for name in ("field", "says", "step", "row")}
        step, row = (int(written[name] or 0) or None for name in ("step", "row"))
        return Refusal(word.place, written["field"], written["says"], step, row)
