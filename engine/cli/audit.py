"""`crm audit`: what people answer for, as lines of text."""

from __future__ import annotations

import os

import click

from engine.cli.speech import Command, Speaker, language_option, option
from engine.language.discovery import load
from engine.settings import Settings


@click.command("audit", cls=Command, help="cli.audit.about")
@option("--days", metavar="DAYS", type=click.IntRange(1, 3650), help="cli.audit.days")
@option("--kind", metavar="KIND", default="", help="cli.audit.kind")
@option("--user", metavar="EMAIL", help="cli.audit.user")
@option("--limit", metavar="COUNT", type=click.IntRange(1, 1_000_000), default=100, help="cli.audit.limit")
@option("--database", metavar="URL", help="cli.serve.database")
@language_option
@click.pass_obj
def command(speaker: Speaker, days: int | None, kind: str, user: str | None, limit: int, database: str | None) -> None:
    settings = Settings.from_environment(os.environ, database_url=database)
    load("engine.cli.audit_run:run")(settings, days, kind, user, limit, speaker)
