"""`crm token`: the API tokens of a workspace."""

from __future__ import annotations

import os

import click

from engine.cli.speech import Command, Group, Speaker, language_option, option
from engine.language.discovery import load
from engine.settings import Settings

SCOPES = ("read", "write")


@click.group("token", cls=Group, help="cli.token.about")
def command() -> None:
    pass


@command.command("create", cls=Command, help="cli.token.create")
@click.argument("email", metavar="EMAIL")
@option("--name", metavar="NAME", default="", help="cli.token.name")
@option("--scope", type=click.Choice(SCOPES), default="read", help="cli.token.scope")
@option("--entity", "entities", metavar="ENTITY", multiple=True, help="cli.token.entity")
@option("--expires", metavar="DAYS", type=click.IntRange(1, 3650), help="cli.token.expires")
@option("--database", metavar="URL", help="cli.serve.database")
@language_option
@click.pass_obj
def create(
    speaker: Speaker,
    email: str,
    name: str,
    scope: str,
    entities: tuple[str, ...],
    expires: int | None,
    database: str | None,
) -> None:
    """Make a token, which is told this once: alone on the output, so that a script can take it."""
    settings = Settings.from_environment(os.environ, database_url=database)
    load("engine.cli.token_run:create")(settings, email, name, scope, entities, expires, speaker)


@command.command("list", cls=Command, help="cli.token.list")
@option("--database", metavar="URL", help="cli.serve.database")
@language_option
@click.pass_obj
def show(speaker: Speaker, database: str | None) -> None:
    settings = Settings.from_environment(os.environ, database_url=database)
    load("engine.cli.token_run:show")(settings, speaker)


@command.command("revoke", cls=Command, help="cli.token.revoke")
@click.argument("token", metavar="ID")
@option("--database", metavar="URL", help="cli.serve.database")
@language_option
@click.pass_obj
def revoke(speaker: Speaker, token: str, database: str | None) -> None:
    settings = Settings.from_environment(os.environ, database_url=database)
    load("engine.cli.token_run:revoke")(settings, token, speaker)
