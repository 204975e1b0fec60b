"""`crm import --resume` and `--undo`: an import that ended is taken up again, or taken back."""

from __future__ import annotations

from pathlib import Path

from engine.access.actor import ENGINE, Actor
from engine.cli.acting import workspace_of
from engine.cli.import_result import FAILED, finish, formats_of
from engine.cli.opening import opened
from engine.cli.speech import Refusal, Speaker
from engine.locale.catalogue import message_text
from engine.records.errors import RecordNotFound
from engine.records.operations import NotNow
from engine.settings import Settings
from engine.web.services import Services


def run(settings: Settings, resume: int | None, undo: int | None, errors: Path | None, speaker: Speaker) -> int:
    """The exit code. Raises `Refusal`."""
    wanted = resume if resume is not None else undo or 0
    with opened(settings) as services:
        workspace_of(services)
        services.runner.find_dead()
        try:
            found = services.operations.read(ENGINE, wanted, everybody=True)
            if resume is None:
                return _undo(services, wanted, speaker)
            return _resume(services, wanted, found.actor_id, errors, speaker)
        except RecordNotFound as error:
            raise Refusal(message_text("cli.import.no_operation", id=wanted)) from error
        except NotNow as error:
            state = message_text(f"cli.import.state.{found.state}")
            raise Refusal(message_text("cli.import.not_now", id=wanted, state=state)) from error


def _resume(services: Services, wanted: int, user_id: int | None, errors: Path | None, speaker: Speaker) -> int:
    """Raises `NotNow`, `RecordNotFound`."""
    workspace = workspace_of(services)
    actor = ENGINE if user_id is None else Actor(user_id)
    importing = services.imports.acting(workspace.store, actor, formats_of(workspace, actor, speaker.language))
    draft = importing.draft_of(wanted)
    services.operations.resume(ENGINE, wanted, everybody=True)
    return finish(services, importing, draft, wanted, errors, speaker)


def _undo(services: Services, wanted: int, speaker: Speaker) -> int:
    """Raises `NotNow`, `RecordNotFound`."""
    undoing = services.operations.undo(ENGINE, wanted, everybody=True)
    services.runner.run(undoing)
    found = services.operations.read(ENGINE, undoing, everybody=True)
    speaker.say("cli.import.undone", done=found.done, refused=found.refused)
    return 0 if found.state == "done" else FAILED
