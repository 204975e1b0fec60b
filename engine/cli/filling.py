"""The rows of a spreadsheet go into the workspace that was made from it."""

from __future__ import annotations

from pathlib import Path

from engine.access.actor import ENGINE
from engine.cli.speech import Refusal, Speaker
from engine.exchange.sheet_rows import KIND, settings_of
from engine.exchange.table_guess import EntityGuess, FileGuess, guess_file
from engine.exchange.unreadable import UnreadableFile
from engine.locale.catalogue import message_text
from engine.publishing.workspace import Workspace
from engine.records.query import PageRequest
from engine.schema.model import Entity, ListQuery
from engine.web.services import Services


def fill(services: Services, workspace: Workspace, path: Path, speaker: Speaker) -> None:
    """Each sheet into its entity, once: an entity that has records is left alone. Raises `Refusal`."""
    try:
        guess = guess_file(path, path.stem, workspace.store.moment(ENGINE).today)
    except UnreadableFile as unreadable:
        raise Refusal(unreadable.message) from unreadable
    known = workspace.blueprint.entities
    tables = [(table, known[table.name]) for table in guess.entities if table.name in known]
    if not tables:
        raise Refusal(message_text("cli.rows.no_entity", path=path, name=workspace.name))
    for table, entity in tables:
        if workspace.store.list(ENGINE, ListQuery(entity.name, ()), PageRequest(limit=1)).rows:
            speaker.say("cli.rows.there", entity=entity.plural.in_(speaker.language))
        elif table.rows:
            _bring_in(services, path, guess, table, entity, speaker)


def _bring_in(
    services: Services, path: Path, guess: FileGuess, table: EntityGuess, entity: Entity, speaker: Speaker
) -> None:
    settings = settings_of(path, guess, table)
    operation_id = services.operations.start(ENGINE, KIND, entity.name, settings, table.rows)
    services.runner.run(operation_id)
    done = services.operations.read(ENGINE, operation_id)
    plural = entity.plural.in_(speaker.language)
    speaker.say("cli.rows.in", entity=plural, count=done.done)
    for refusal in services.operations.refusals(operation_id, limit=5) if done.refused else ():
        speaker.note("cli.rows.line", line=refusal.position, reason=refusal.reason.in_(speaker.language))
    if done.refused:
        speaker.note("cli.rows.left", entity=plural, count=done.refused)
