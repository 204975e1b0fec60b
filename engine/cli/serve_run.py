"""What `crm serve` does once its words are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from engine.app import make_app
from engine.cli.filling import fill
from engine.cli.opening import found, opened, update
from engine.cli.people import nobody_there, strongest_role
from engine.cli.secret_keys import check_key
from engine.cli.serving import address, listening, serve
from engine.cli.speech import Speaker
from engine.compiling import NO_VALUES
from engine.settings import Settings
from engine.web.services import Services

Values = Mapping[str, str]


def prepare(
    settings: Settings, blueprint: Path | None, speaker: Speaker, rows: Path | None = None, values: Values = NO_VALUES
) -> None:
    """Found or update the workspace, and nothing else."""
    with opened(settings) as services:
        _bring_up(services, blueprint, speaker, rows, values)


def run(
    settings: Settings, blueprint: Path | None, speaker: Speaker, rows: Path | None = None, values: Values = NO_VALUES
) -> None:
    """Found or update the workspace and serve it until the process is stopped."""
    with listening(settings.host, settings.port) as listener, opened(settings) as services:
        name = _bring_up(services, blueprint, speaker, rows, values)
        speaker.say("cli.serving", name=name, address=address(settings.host, listener))
        serve(make_app(services), listener)


def _bring_up(services: Services, blueprint: Path | None, speaker: Speaker, rows: Path | None, values: Values) -> str:
    """The name of the workspace; without one the first page asks which blueprint to found."""
    workspace = services.workspace
    if blueprint is not None and workspace is None:
        workspace = found(services, blueprint, False, speaker, values)
        speaker.say("cli.serve.founded", name=workspace.name, database=services.database.name)
    elif blueprint is not None and workspace is not None:
        before, workspace = workspace, update(services, workspace, blueprint, values)
        if workspace is not before:
            speaker.say("cli.serve.updated", name=workspace.name)
    if workspace is None:
        return speaker.text("cli.serve.first_run")
    check_key(workspace)
    if rows is not None:
        fill(services, workspace, rows, speaker)
    if nobody_there(workspace):
        speaker.say("cli.serve.nobody", role=strongest_role(workspace) or "ROLE")
    return workspace.name
