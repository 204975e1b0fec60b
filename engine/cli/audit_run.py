"""What `crm audit` does once its words are read."""

from __future__ import annotations

import json
from datetime import timedelta

import click

from engine.access.actor import ENGINE
from engine.access.audit import KINDS, AuditAsked, AuditEntry
from engine.cli.acting import actor_named, named, workspace_of
from engine.cli.opening import opened
from engine.cli.speech import Speaker
from engine.settings import Settings


def run(settings: Settings, days: int | None, kind: str, user: str | None, limit: int, speaker: Speaker) -> None:
    """One line for each: time, person, kind, what it was done to, details, way, address. Raises `Refusal`."""
    with opened(settings) as services:
        workspace = workspace_of(services)
        if kind:
            named(dict.fromkeys(KINDS, kind), kind, "cli.audit.no_kind")
        who = actor_named(services, workspace, user).user_id if user else None
        since = services.clock.now() - timedelta(days=days) if days else None
        with services.database.read() as connection:
            entries, _ = services.audit.page(connection, AuditAsked(who, kind, since), limit)
        ids = {number for entry in entries for number in _people(entry)}
        names = workspace.store.titles(ENGINE, "user", sorted(ids))
    for entry in entries:
        click.echo("\t".join(_words(entry, names)))
    if not entries:
        speaker.note("cli.audit.none")


def _people(entry: AuditEntry) -> set[int]:
    about = entry.record_id if entry.entity == "user" else None
    return {number for number in (entry.actor_id, about) if number is not None}


def _words(entry: AuditEntry, names: dict[int, str]) -> tuple[str, ...]:
    who = names.get(entry.actor_id, f"#{entry.actor_id}") if entry.actor_id is not None else "-"
    what = entry.entity or "-"
    if entry.record_id is not None:
        what = f"{what}/{names.get(entry.record_id, entry.record_id) if what == 'user' else entry.record_id}"
    details = json.dumps(dict(entry.details), ensure_ascii=False, sort_keys=True)
    return entry.at.isoformat(" ", "seconds"), who, entry.kind, what, details, entry.origin.way, entry.origin.address
