"""Whatever stops a command, told in sentences: never a traceback."""

from __future__ import annotations

import os
import traceback

import click

from engine.access.credentials import PasswordRefused
from engine.cli.report import problem_lines
from engine.cli.speech import Refusal, Speaker
from engine.database.connection import DatabaseUnavailable
from engine.exchange.unreadable import UnreadableFile
from engine.publishing.changes import NotAdditive
from engine.publishing.founding import BlueprintBroken
from engine.records.errors import Invalid, Refused
from engine.records.planting import PlantingRefused
from engine.schema.field_type import ValueRefused
from engine.settings import SettingRefused

INTERNAL = 70


def report(error: Exception, speaker: Speaker) -> int:
    """Tell what went wrong on the error stream; the exit code."""
    speaker.complain(*sentences(error, speaker))
    match error:
        case Refusal(code=code):
            return code
        case SettingRefused():
            return 2
        case _:
            return 1 if _expected(error) else INTERNAL


def sentences(error: Exception, speaker: Speaker) -> list[str]:
    match error:
        case BlueprintBroken():
            return problem_lines(error.compiled.problems, speaker)
        case NotAdditive():
            reasons = [f"  {reason.in_(speaker.language)}" for reason in error.reasons]
            return [speaker.text("cli.not_additive"), *reasons, speaker.text("cli.not_additive_advice")]
        case Invalid():
            return [text.in_(speaker.language) for text in error.errors.values()]
        case Refusal() | DatabaseUnavailable() | PlantingRefused() | SettingRefused():
            return [error.message.in_(speaker.language)]
        case PasswordRefused() | ValueRefused() | Refused() | UnreadableFile():
            return [error.message.in_(speaker.language)]
        case OSError():
            return [speaker.text("cli.system", reason=error.strerror or str(error), path=error.filename or "-")]
        case click.ClickException():
            return [error.format_message()]
        case _:
            return _internal(error, speaker)


def _expected(error: Exception) -> bool:
    known = (BlueprintBroken, NotAdditive, Invalid, DatabaseUnavailable, PlantingRefused, PasswordRefused)
    return isinstance(error, (*known, ValueRefused, Refused, UnreadableFile, OSError, click.ClickException))


def _internal(error: Exception, speaker: Speaker) -> list[str]:
    """A fault of the engine itself: one sentence, and where it happened for those who ask."""
    if os.environ.get("CRM_TRACEBACK"):
        return ["".join(traceback.format_exception(error)).rstrip()]
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return [speaker.text("cli.internal", what=what[:200])]
