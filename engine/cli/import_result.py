"""Running an import here and now, and telling how it ended."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import click

from engine.access.actor import ENGINE, Actor
from engine.cli.speech import Speaker
from engine.exchange.check import Check
from engine.exchange.drafts import Draft
from engine.exchange.imports import Importing
from engine.locale.formats import Formats
from engine.publishing.workspace import Workspace
from engine.records.operations import Operation
from engine.schema.model import Entity
from engine.web.services import Services

LEFT_OUT, FAILED = 3, 1
LISTED = 20
TICK = 0.3


def formats_of(workspace: Workspace, actor: Actor, language: str) -> Formats:
    settings = workspace.blueprint.settings
    today = workspace.store.moment(actor).today
    return Formats(language, settings.time_zone, settings.currency, today, settings.phone_region, settings.week_start)


def show_check(found: Check, entity: Entity, speaker: Speaker) -> None:
    counts = {"create": found.create, "update": found.update, "skip": found.skip, "refused": found.refused}
    speaker.say("cli.import.checked", **counts)
    for group in found.groups:
        key = "cli.import.warning" if group.warning else "cli.import.fault"
        field = entity.fields.get(group.field)
        label = field.label.in_(speaker.language) if field else group.field or "-"
        examples = "; ".join(group.texts)
        reason = group.reason.in_(speaker.language)
        speaker.say(key, count=group.count, label=label, reason=reason, examples=f" [{examples}]" if examples else "")
    for refusal in found.refusals[:LISTED]:
        reason = refusal.reason.in_(speaker.language)
        speaker.say("cli.import.row", line=refusal.line, text=refusal.text or "-", reason=reason)


def finish(
    services: Services, importing: Importing, draft: Draft, operation: int, errors: Path | None, speaker: Speaker
) -> int:
    """Run an operation that waits, with a bar, and tell how it ended; the exit code."""
    _run(services, operation, draft.rows, speaker)
    found = importing.operation(operation)
    counts = {"create": 0, "update": 0, "skip": 0, **found.result.get("counts", {})}
    speaker.say(
        "cli.import.result", state=speaker.text(f"cli.import.state.{found.state}"), refused=found.refused, **counts
    )
    if found.refused:
        for refusal in services.operations.refusals(operation, limit=LISTED):
            reason = refusal.reason.in_(speaker.language)
            speaker.say("cli.import.row", line=refusal.position, text=refusal.cell or "-", reason=reason)
    if found.refused and errors:
        save_errors(importing, importing.draft(draft.id), errors, speaker)
    speaker.say("cli.import.undo_hint" if found.state == "done" else "cli.import.resume_hint", id=operation)
    return _code(found)


def save_errors(importing: Importing, draft: Draft, path: Path, speaker: Speaker) -> None:
    kind = "xlsx" if path.suffix.lower() == ".xlsx" else "csv"
    with path.open("wb") as file:
        file.writelines(importing.error_file(draft, kind))
    speaker.note("cli.import.errors_kept", path=path)


def _code(found: Operation) -> int:
    if found.state != "done":
        return FAILED
    return LEFT_OUT if found.refused else 0


def _run(services: Services, operation: int, rows: int, speaker: Speaker) -> None:
    """In a thread of its own, while this one draws the bar; a serving process may have been faster to take it."""
    failure: list[BaseException] = []

    def work() -> None:
        try:
            services.runner.run(operation)
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    label = speaker.text("cli.import.writing")
    with click.progressbar(length=rows, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        ended = False
        while not ended and not failure:
            thread.join(TICK)
            found = services.operations.read(ENGINE, operation, everybody=True)
            bar.update(found.done + found.refused - bar.pos)
            ended = found.ended and not thread.is_alive()
            if not thread.is_alive() and not ended:
                time.sleep(TICK)
    if failure:
        raise failure[0]
