"""Runs the tests of a blueprint one after the other; each leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from time import perf_counter
from zoneinfo import ZoneInfo

from engine.blueprint_tests.ground import Ground
from engine.blueprint_tests.model import BlueprintTest
from engine.blueprint_tests.outcome import Failure, Outcome
from engine.blueprint_tests.trial import Trial
from engine.locale.catalogue import message_text
from engine.records.planting import PlantingRefused

BEGIN = datetime(2026, 1, 5, 9)
"""When a test without a clock begins, in the workspace's time zone: a Monday."""


def run_tests(ground: Ground, tests: Iterable[BlueprintTest]) -> Iterator[Outcome]:
    for test in tests:
        start = perf_counter()
        failures = _failures(ground, test)
        yield Outcome(test, failures, perf_counter() - start)


def _failures(ground: Ground, test: BlueprintTest) -> tuple[Failure, ...]:
    """Everything is taken back at the end."""
    ground.clock.set(test.clock or BEGIN.replace(tzinfo=ZoneInfo(ground.settings.time_zone)))
    with ground.database.passing() as connection:
        trial = Trial(ground, connection, test.records)
        try:
            trial.plant(test.given, test.actor)
        except PlantingRefused as refused:
            message = message_text("tests.not_given", name=refused.record.ref, reason=refused.reason)
            return (Failure(refused.record.place, message),)
        _act(trial, test)
        found = [claim.check(trial) for claim in test.claims]
        return (*_unexpected(trial), *(failure for failure in found if failure is not None))


def _act(trial: Trial, test: BlueprintTest) -> None:
    usual = trial.actor
    for number, step in enumerate(test.steps, 1):
        trial.actor = trial.person(step.actor) if step.actor else usual
        with trial.attempt(number, step.place):
            step.deed.run(trial)
    trial.actor = usual


def _unexpected(trial: Trial) -> Iterator[Failure]:
    for refused in trial.rejected:
        if refused.expected:
            continue
        values = {"step": refused.step, "row": refused.row, "reason": refused.told()}
        key = "tests.step_refused" if refused.row is None else "tests.row_refused"
        yield Failure(refused.place, message_text(key, **values))
