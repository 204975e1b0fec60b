"""What `crm user link` does once its words are read."""

from __future__ import annotations

import click

from engine.access.audit import CLI
from engine.access.login import find_user
from engine.cli.acting import workspace_of
from engine.cli.opening import opened
from engine.cli.speech import Refusal, Speaker
from engine.locale.catalogue import message_text
from engine.settings import Settings


def run(settings: Settings, email: str, without_second_factor: bool, speaker: Speaker) -> None:
    """Raises `Refusal` for nobody who may come in."""
    with opened(settings) as services:
        workspace_of(services)
        with services.database.write() as connection:
            user_id = find_user(connection, email)
            if user_id is None:
                raise Refusal(message_text("cli.token.nobody", email=email))
            token = services.entry_links.make(connection, user_id, "reset", user_id)
            services.audit.note(connection, "invited", None, CLI, ("user", user_id))
            if without_second_factor:
                services.factors.drop(connection, user_id)
                services.audit.note(connection, "second_factor_off", None, CLI, ("user", user_id))
    base = settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
    speaker.note("cli.user.linked", email=email)
    click.echo(f"{base}/password/{token}")
