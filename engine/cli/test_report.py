"""How tests ended, as `crm test` prints it: a line for each, and for a failed one what does not hold and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.blueprint_tests.outcome import Failure, Outcome
from engine.cli.speech import Speaker

Texts = Mapping[str, str]
"""File name -> text."""


def lines(outcome: Outcome, number: int, total: int, texts: Texts, speaker: Speaker) -> Iterator[str]:
    key = "cli.test.passed" if outcome.passed else "cli.test.failed"
    place = f"{number:>{len(str(total))}}/{total}"
    took = f"{outcome.seconds * 1000:.0f}"
    yield speaker.text(key, number=place, name=outcome.test.name.in_(speaker.language), took=took)
    for failure in outcome.failures:
        yield from (f"    {line}" for line in told(failure, texts, speaker.language))


def told(failure: Failure, texts: Texts, language: str) -> list[str]:
    """The sentence with its place, the line as it is written, and the parts of an expression."""
    width = max((len(text) for text, _ in failure.parts), default=0)
    quoted = _quoted(failure, texts)
    return [
        f"{failure.place} {failure.message.in_(language)}",
        *([f"  {failure.place.line} | {quoted}"] if quoted else []),
        *(f"  {text:<{width}} = {value}" for text, value in failure.parts),
    ]


def summary(outcomes: Sequence[Outcome], seconds: float, speaker: Speaker) -> str:
    failed = sum(not outcome.passed for outcome in outcomes)
    took = f"{seconds:.1f}"
    if failed:
        return speaker.text("cli.test.some_failed", count=failed, total=len(outcomes), took=took)
    return speaker.text("cli.test.all_passed", count=len(outcomes), took=took)


def as_json(outcome: Outcome, language: str) -> dict[str, Any]:
    return {
        "name": outcome.test.name.in_(language),
        "place": str(outcome.test.place),
        "passed": outcome.passed,
        "seconds": round(outcome.seconds, 4),
        "failures": [
            {"place": str(each.place), "message": each.message.in_(language), "values": dict(each.parts)}
            for each in outcome.failures
        ],
    }


def _quoted(failure: Failure, texts: Texts) -> str:
    found = texts.get(failure.place.file, "").splitlines()
    return found[failure.place.line - 1].strip() if 0 < failure.place.line <= len(found) else ""
