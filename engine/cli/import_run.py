"""What `crm import` does once its words are read: read, guess, show, ask, write, tell."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from engine.access.audit import CLI
from engine.cli.acting import actor_named, entity_named, workspace_of
from engine.cli.import_result import LEFT_OUT, finish, formats_of, save_errors, show_check
from engine.cli.opening import opened
from engine.cli.speech import Refusal, Speaker
from engine.exchange.drafts import Draft
from engine.exchange.imports import Importing
from engine.exchange.plan import ImportPlan, Mode
from engine.exchange.sheet import ReadOptions
from engine.locale.catalogue import message_text
from engine.locale.formats import Formats
from engine.records.errors import Invalid
from engine.schema.model import Entity
from engine.settings import Settings
from engine.web.services import Services

SAMPLES = 3
WIDTHS = (24, 34, 40)
SIGNS = {"tab": "\t", "\\t": "\t"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of the command line."""

    entity: str
    file: Path
    sheet: str
    map_file: Path | None
    save_map: Path | None
    key: str | None
    mode: Mode | None
    create_missing: bool
    dry_run: bool
    email: str | None
    errors: Path | None
    encoding: str
    delimiter: str
    header_line: int | None
    yes: bool

    @property
    def options(self) -> ReadOptions:
        delimiter = SIGNS.get(self.delimiter, self.delimiter)
        return ReadOptions(self.sheet, self.encoding, delimiter, self.header_line or 0)


def run(settings: Settings, wanted: Wanted, speaker: Speaker) -> int:
    """The exit code. Raises `Refusal`, `Refused`, `Invalid`."""
    with opened(settings) as services:
        workspace = workspace_of(services)
        actor = actor_named(services, workspace, wanted.email)
        workspace = workspace.seen_by(actor)
        entity = entity_named(workspace, actor, wanted.entity)
        formats = formats_of(workspace, actor, speaker.language)
        importing = services.imports.acting(workspace.store, actor, formats)
        draft = _draft(importing, entity, wanted, formats)
        done = False
        try:
            _show(draft, importing, entity, speaker)
            code = _go(services, importing, draft, entity, wanted, speaker)
            done = code is not None
            return code or 0
        finally:
            if not done:
                importing.drop(draft.id)


def _draft(importing: Importing, entity: Entity, wanted: Wanted, formats: Formats) -> Draft:
    with wanted.file.open("rb") as stream:
        draft = importing.upload(entity.name, wanted.file.name, stream, wanted.options)
    plan = _plan(draft.plan, wanted)
    if wanted.save_map:
        wanted.save_map.write_text(json.dumps(plan.to_json(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    try:
        return importing.settle(draft.id, plan)
    except Invalid:
        importing.drop(draft.id)
        raise


def _plan(guessed: ImportPlan, wanted: Wanted) -> ImportPlan:
    """What was guessed, with what the command line says."""
    plan = _mapped(guessed, wanted.map_file) if wanted.map_file else guessed
    if wanted.create_missing:
        plan = replace(plan, columns=tuple(replace(column, create_missing=True) for column in plan.columns))
    if wanted.key is not None:
        key = tuple(name.strip() for name in wanted.key.split(",") if name.strip())
        plan = replace(plan, key=key, mode="both" if key else "create")
    if wanted.mode is not None:
        plan = replace(plan, mode=wanted.mode)
    return plan


def _mapped(guessed: ImportPlan, path: Path) -> ImportPlan:
    """A whole plan as `--save-map` writes it, or {title: field}. Raises `Refusal`."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if "columns" in kept:
            return ImportPlan.from_json({"mode": "create", "key": (), **kept})
        columns = tuple(replace(each, field=kept.get(each.header, None) or None) for each in guessed.columns)
        return replace(guessed, columns=columns, key=(), mode="create")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refusal(message_text("cli.import.bad_map", path=path)) from error


def _show(draft: Draft, importing: Importing, entity: Entity, speaker: Speaker) -> None:
    """The file and where its columns go."""
    sheet = importing.sheet(draft)
    samples = importing.samples(draft, SAMPLES)
    how = sheet.name or f"{sheet.encoding}, {sheet.delimiter!r}"
    speaker.note("cli.import.file", name=draft.name, how=how, rows=draft.rows, line=sheet.header_line)
    for column in draft.plan.columns:
        field = entity.fields.get(column.field or "")
        target = field.label.in_(speaker.language) if field else column.field or "-"
        values = "; ".join(str(row.cells[column.position]) for row in samples if row.cells[column.position] is not None)
        told = speaker.text(f"cli.import.{column.confidence}") if column.field else speaker.text("cli.import.skipped")
        _line((sheet.title(column.position), f"{target}  ({told})" if column.field else f"- ({told})", values))
    key = ", ".join(draft.plan.key) or "-"
    speaker.note("cli.import.plan", mode=speaker.text(f"cli.import.mode.{draft.plan.mode}"), names=key)


def _line(cells: Sequence[str]) -> None:
    shown = (" ".join(cell.split()) for cell in cells)
    click.echo(
        "  " + "  ".join(cell[:width].ljust(width) for cell, width in zip(shown, WIDTHS, strict=True)).rstrip(),
        err=True,
    )


def _go(
    services: Services, importing: Importing, draft: Draft, entity: Entity, wanted: Wanted, speaker: Speaker
) -> int | None:
    """The exit code of the import; None when nothing was imported."""
    if wanted.dry_run or not wanted.yes:
        draft = _check(importing, draft, speaker)
        found = draft.check
        if found is None:
            return None
        show_check(found, entity, speaker)
        if wanted.dry_run:
            if found.refused and wanted.errors:
                save_errors(importing, draft, wanted.errors, speaker)
            importing.drop(draft.id)
            return LEFT_OUT if found.refused else 0
        if not found.going:
            importing.drop(draft.id)
            raise Refusal(message_text("cli.import.nothing"), LEFT_OUT)
        if not click.confirm(speaker.text("cli.import.ask", count=found.going), default=False, err=True):
            return None
    operation = importing.start(draft.id)
    with services.database.write() as connection:
        about = (draft.entity, None)
        services.audit.note(connection, "imported", draft.actor_id, CLI, about, count=draft.rows)
    return finish(services, importing, draft, operation, wanted.errors, speaker)


def _check(importing: Importing, draft: Draft, speaker: Speaker) -> Draft:
    label = speaker.text("cli.import.checking")
    with click.progressbar(length=draft.rows, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        return importing.check(draft.id, lambda done: bar.update(done - bar.pos))
