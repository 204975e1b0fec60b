"""What `crm test` does once its words are read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

import click

from engine.blueprint import Blueprint
from engine.blueprint_tests.model import BlueprintTest
from engine.blueprint_tests.outcome import Outcome
from engine.blueprint_tests.run import run_tests
from engine.cli.junit import write_junit
from engine.cli.speech import Refusal, Speaker
from engine.cli.test_report import as_json, lines, summary
from engine.compiling import compile_folder
from engine.locale.catalogue import message_text
from engine.publishing.founding import BlueprintBroken
from engine.publishing.testing import trial_ground

NOTHING = 2


def run(folder: Path, url: str | None, only: str, junit: Path | None, layout: str, speaker: Speaker) -> int:
    """The exit code. Raises `BlueprintBroken`, `DatabaseUnavailable`, `PlantingRefused`, `Refusal`."""
    compiled = compile_folder(folder)
    if compiled.blueprint is None:
        raise BlueprintBroken(compiled)
    tests = _wanted(compiled.blueprint, only, folder)
    start = perf_counter()
    outcomes: list[Outcome] = []
    for outcome in _outcomes(compiled.blueprint, tests, url):
        outcomes.append(outcome)
        if layout == "text":
            click.echo("\n".join(lines(outcome, len(outcomes), len(tests), compiled.sources, speaker)))
            sys.stdout.flush()
    if layout == "json":
        found = [as_json(each, speaker.language) for each in outcomes]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo(summary(outcomes, perf_counter() - start, speaker))
    if junit:
        write_junit(junit, compiled.blueprint.id, outcomes, compiled.sources, speaker.language)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _wanted(blueprint: Blueprint, only: str, folder: Path) -> Sequence[BlueprintTest]:
    """The tests whose name has the text in it. Raises `Refusal` when there are none."""
    if not blueprint.tests:
        raise Refusal(message_text("cli.test.none", path=folder), NOTHING)
    sought = only.casefold()
    tests = [test for test in blueprint.tests if any(sought in name.casefold() for _, name in test.name.by_language)]
    if not tests:
        raise Refusal(message_text("cli.test.none_such", text=only, count=len(blueprint.tests)), NOTHING)
    return tests


def _outcomes(blueprint: Blueprint, tests: Sequence[BlueprintTest], url: str | None) -> Iterator[Outcome]:
    if url is not None and not url.startswith(("postgresql:", "postgres:", "postgresql+")):
        raise Refusal(message_text("cli.test.no_postgresql"), NOTHING)
    with trial_ground(blueprint, url) as ground:
        yield from run_tests(ground, tests)
