"""What `crm export` does once its words are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.access.actor import Actor
from engine.cli.acting import actor_named, entity_named, named, workspace_of
from engine.cli.opening import opened
from engine.cli.speech import Refusal, Speaker
from engine.exchange.export_columns import every_field, export_columns
from engine.exchange.exporting import Export, reading, written
from engine.exchange.view_columns import labelled, shown_by
from engine.exchange.writer import Writer, writers
from engine.forms.model import ViewScreen, may_see
from engine.locale.catalogue import message_text
from engine.locale.formats import Formats
from engine.publishing.workspace import Workspace
from engine.records.query import PageRequest
from engine.schema.model import Entity, ListQuery
from engine.settings import Settings


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
        entity = entity_named(workspace, actor, wanted.entity)
        export = _export(workspace, actor, entity, wanted, speaker.language)
        _save(wanted.path, written(workspace.store, actor, export, writer))
        count = workspace.store.aggregate(actor, export.query).count
    speaker.note("cli.export.done", count=count, path=wanted.path)


def _writer(wanted: Wanted) -> Writer:
    """The one asked for, else the one that the name of the file ends with. Raises `Refusal`."""
    word = wanted.form or wanted.path.suffix.lower().lstrip(".")
    if word not in writers():
        raise Refusal(message_text("cli.export.no_format", path=wanted.path, names=", ".join(writers())))
    return writers()[word]


def _export(workspace: Workspace, actor: Actor, entity: Entity, wanted: Wanted, language: str) -> Export:
    view = _view(workspace, actor, entity, wanted.view)
    blueprint, settings = workspace.blueprint, workspace.blueprint.settings
    formats = Formats(
        language=language,
        time_zone=settings.time_zone,
        currency=settings.currency,
        today=workspace.store.moment(actor).today,
        phone_region=settings.phone_region,
        week_start=settings.week_start,
    )
    every = wanted.all_fields or view is None
    shown = shown_by(view, entity) if view and not every else labelled(every_field(entity))
    columns = export_columns(blueprint.entities, shown, formats, with_id=every)
    query = view.query if view else ListQuery(entity.name, ())
    title = entity.plural.in_(language)
    return Export(title, columns, reading(query, columns), PageRequest(), wanted.names, wanted.encoding)


def _view(workspace: Workspace, actor: Actor, entity: Entity, name: str | None) -> ViewScreen | None:
    """The view asked for; without one, every record with all fields. Raises `Refusal`."""
    if name is None:
        return None
    views = workspace.blueprint.screens.views.get(entity.name, {})
    seen = {key: view for key, view in views.items() if actor.unlimited or may_see(view, actor.roles)}
    return named(seen, name, "cli.export.no_view")


def _save(path: Path, pieces: Iterator[bytes]) -> None:
    """Raises `Refusal` where nothing can be written."""
    try:
        with path.open("wb") as file:
            file.writelines(pieces)
    except OSError as error:
        raise Refusal(message_text("cli.export.not_written", path=path, reason=error.strerror or error)) from error
