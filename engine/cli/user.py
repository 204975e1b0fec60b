"""`crm user`: the people of a workspace."""

from __future__ import annotations

import os
import sys

import click

from engine.cli.speech import Command, Group, Speaker, language_option, option
from engine.language.discovery import load
from engine.settings import Settings


@click.group("user", cls=Group, help="cli.user.about")
def command() -> None:
    pass


@command.command("add", cls=Command, help="cli.user.add")
@click.argument("email", metavar="EMAIL")
@option("--role", "roles", metavar="ROLE", multiple=True, required=True, help="cli.user.role")
@option("--name", metavar="NAME", help="cli.user.name")
@option("--password-stdin", is_flag=True, help="cli.user.password_stdin")
@option("--database", metavar="URL", help="cli.serve.database")
@language_option
@click.pass_obj
def add(
    speaker: Speaker, email: str, roles: tuple[str, ...], name: str | None, password_stdin: bool, database: str | None
) -> None:
    """Add a user; the password is made up and told once, unless it comes from the standard input."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    settings = Settings.from_environment(os.environ, database_url=database)
    load("engine.cli.user_add:run")(settings, email, roles, name, password, speaker)


@command.command("link", cls=Command, help="cli.user.link")
@click.argument("email", metavar="EMAIL")
@option("--without-second-factor", is_flag=True, help="cli.user.without_second")
@option("--database", metavar="URL", help="cli.serve.database")
@language_option
@click.pass_obj
def link(speaker: Speaker, email: str, without_second_factor: bool, database: str | None) -> None:
    """Make a link to set a password with: alone on the output, for who cannot come in by themselves."""
    settings = Settings.from_environment(os.environ, database_url=database)
    load("engine.cli.user_link:run")(settings, email, without_second_factor, speaker)
