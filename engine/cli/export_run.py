"""What `crm export` does once its words are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from engine.access.actor import Actor
from engine.access.audit import CLI
from engine.cli.acting import actor_named, entity_named, named, workspace_of
from engine.cli.opening import opened
from engine.cli.speech import Refusal, Speaker
from engine.exchange.asked import ExportAsked
from engine.exchange.export_job import KIND, exported, settings_of
from engine.exchange.view_columns import shown_by
from engine.exchange.writer import Writer, writers
from engine.forms.model import ViewScreen, may_see
from engine.locale.catalogue import message_text
from engine.publishing.workspace import Workspace
from engine.records.operation_run import Stopped
from engine.schema.model import Entity
from engine.settings import Settings
from engine.web.services import Services


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of the command line."""

    entity: str
    path: Path
    view: str | None
    form: str | None
    all_fields: bool
    names: bool
    encoding: str
    email: str | None


def run(settings: Settings, wanted: Wanted, speaker: Speaker) -> None:
    """Raises `Refusal`."""
    writer = _writer(wanted)
    with opened(settings) as services:
        workspace = workspace_of(services)
        actor = actor_named(services, workspace, wanted.email)
        workspace = workspace.seen_by(actor)
        entity = entity_named(workspace, actor, wanted.entity)
        if not workspace.policy.may_export(actor, entity.name):
            raise Refusal(message_text("export.not_allowed"))
        asked = _asked(workspace, actor, entity, wanted, writer.name, speaker.language)
        count = _save(services, workspace, actor, asked, wanted.path)
    speaker.note("cli.export.done", count=count, path=wanted.path)


def _writer(wanted: Wanted) -> Writer:
    """The one asked for, else the one that the name of the file ends with. Raises `Refusal`."""
    word = wanted.form or wanted.path.suffix.lower().lstrip(".")
    if word not in writers():
        raise Refusal(message_text("cli.export.no_format", path=wanted.path, names=", ".join(writers())))
    return writers()[word]


def _asked(workspace: Workspace, actor: Actor, entity: Entity, wanted: Wanted, form: str, language: str) -> ExportAsked:
    view = _view(workspace, actor, entity, wanted.view)
    shown = shown_by(view, entity) if view and not wanted.all_fields else ()
    return ExportAsked(
        entity=entity.name,
        form=form,
        language=language,
        view=view.name if view else "",
        columns=tuple(field.name for field, _ in shown),
        names=wanted.names,
        encoding=wanted.encoding,
    )


def _view(workspace: Workspace, actor: Actor, entity: Entity, name: str | None) -> ViewScreen | None:
    """The view asked for; without one, every record with all fields. Raises `Refusal`."""
    if name is None:
        return None
    views = workspace.blueprint.screens.views.get(entity.name, {})
    seen = {key: view for key, view in views.items() if actor.unlimited or may_see(view, actor.roles)}
    return named(seen, name, "cli.export.no_view")


def _save(services: Services, workspace: Workspace, actor: Actor, asked: ExportAsked, path: Path) -> int:
    """How many records there were. It is kept among the operations, as an export from a page is. Raises `Refusal`."""
    about = dict(message_text("cli.export.about_operation", path=path.name).by_language)
    kept = settings_of(asked, about=about, resume=False)

    def start(connection: Connection) -> int:
        services.audit.note(connection, "exported", actor.user_id, CLI, (asked.entity, None), format=asked.form)
        return services.operations.start(actor, KIND, asked.entity, kept, connection=connection)

    try:
        with services.runner.holding(actor, KIND, start) as run, path.open("wb") as file:
            file.writelines(exported(run, workspace.blueprint))
    except OSError as error:
        raise Refusal(message_text("cli.export.not_written", path=path, reason=error.strerror or error)) from error
    except Stopped:
        raise Refusal(message_text("cli.export.stopped", path=path)) from None
    return services.operations.read(actor, run.operation.id).done
