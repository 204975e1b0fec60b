"""The problems of a blueprint, as the commands print them."""

from __future__ import annotations

from engine.cli.speech import Speaker
from engine.language.problems import Problems


def problem_lines(problems: Problems, speaker: Speaker) -> list[str]:
    """Each problem with its quoted line and carets, then the summary."""
    return [*(problem.full(speaker.language) for problem in problems), summary(problems, speaker)]


def summary(problems: Problems, speaker: Speaker) -> str:
    errors, warnings = len(problems.errors), len(problems.warnings)
    if not errors and not warnings:
        return speaker.text("cli.check.clean")
    counted = (("cli.check.errors", errors), ("cli.check.warnings", warnings))
    return speaker.text("cli.check.separator").join(speaker.text(key, count=count) for key, count in counted if count)
