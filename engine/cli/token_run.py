"""What `crm token` does once its words are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import click

from engine.access.api_tokens import LONGEST_NAME, Scope, TokenDraft, TokenEntry
from engine.access.login import find_user
from engine.cli.opening import opened
from engine.cli.speech import Refusal, Speaker
from engine.language.problems import nearest
from engine.locale.catalogue import message_text
from engine.schema.record_ids import ID
from engine.settings import Settings
from engine.web.services import Services


def create(
    settings: Settings,
    email: str,
    name: str,
    scope: Scope,
    entities: Sequence[str],
    days: int | None,
    speaker: Speaker,
) -> None:
    """Raises `Refusal`."""
    with _founded(settings) as services:
        assert services.workspace is not None
        _check_entities(entities, list(services.workspace.blueprint.entities))
        with services.database.read() as connection:
            user_id = find_user(connection, email)
        if user_id is None:
            raise Refusal(message_text("cli.token.nobody", email=email))
        expires_at = services.clock.now() + timedelta(days=days) if days else None
        named = " ".join(name.split())[:LONGEST_NAME] or "crm token create"
        draft = TokenDraft(user_id, named, scope, entities or None, expires_at)
        token_id, token = services.api_tokens.create(draft)
    speaker.note("cli.token.made", id=token_id, email=email)
    click.echo(token)


def show(settings: Settings, speaker: Speaker) -> None:
    """One line for each token that lets somebody in, the newest first. Raises `Refusal`."""
    with _founded(settings) as services:
        now = services.clock.now()
        alive = [entry for entry in services.api_tokens.of(None) if entry.is_alive(now)]
    for entry in alive:
        click.echo("\t".join(_words(entry, speaker)))
    if not alive:
        speaker.note("cli.token.none")


def revoke(settings: Settings, typed: str, speaker: Speaker) -> None:
    """Raises `Refusal`."""
    with _founded(settings) as services:
        if not ID.fullmatch(typed) or not services.api_tokens.revoke(int(typed), None):
            raise Refusal(message_text("cli.token.unknown", id=typed[:40]))
    speaker.say("cli.token.revoked", id=typed)


@contextmanager
def _founded(settings: Settings) -> Iterator[Services]:
    with opened(settings) as services:
        if services.workspace is None:
            raise Refusal(message_text("cli.user.no_workspace", database=services.database.name))
        yield services


def _check_entities(entities: Sequence[str], known: Sequence[str]) -> None:
    for name in entities:
        if name not in known:
            near = nearest(name, known)
            key = "cli.token.no_entity_near" if near else "cli.token.no_entity"
            raise Refusal(message_text(key, entity=name, near=near))


def _words(entry: TokenEntry, speaker: Speaker) -> tuple[str, ...]:
    used = entry.last_used_at.date().isoformat() if entry.last_used_at else speaker.text("tokens.unused")
    until = entry.expires_at.date().isoformat() if entry.expires_at else "-"
    reach = ",".join(entry.entities) if entry.entities is not None else "*"
    return str(entry.id), entry.user, entry.name, f"…{entry.hint}", entry.scope, reach, used, until
