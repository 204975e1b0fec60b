"""An expression about the records of a test that must be true."""

from __future__ import annotations

from dataclasses import dataclass

from engine.blueprint_tests.outcome import Failure
from engine.blueprint_tests.trial import Trial
from engine.expressions.parse import Expression
from engine.expressions.trace import parts
from engine.language.source import Place
from engine.locale.catalogue import message_text


@dataclass(frozen=True, slots=True)
class ExpressionClaim:
    expression: Expression
    place: Place

    def check(self, trial: Trial) -> Failure | None:
        if trial.judge(self.expression):
            return None
        found = parts(self.expression, trial.read, trial.moment, trial.count)
        told = [(part.text, trial.shown(part)) for part in found]
        return Failure(self.place, message_text("tests.not_true", expression=self.expression.text), told)
