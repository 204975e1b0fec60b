"""`crm merge`: several records become one."""

from __future__ import annotations

import os

import click

from engine.cli.speech import Command, Speaker, language_option, option
from engine.language.discovery import load
from engine.settings import Settings


@click.command("merge", cls=Command, help="cli.merge.about")
@click.argument("entity", metavar="ENTITY")
@click.argument("stays", metavar="ID", type=int)
@click.argument("others", metavar="ID", type=int, nargs=-1, required=True)
@option("--as", "email", metavar="EMAIL", help="cli.export.as")
@option("--database", metavar="URL", help="cli.serve.database")
@language_option
@click.pass_obj
def command(
    speaker: Speaker, entity: str, stays: int, others: tuple[int, ...], email: str | None, database: str | None
) -> None:
    settings = Settings.from_environment(os.environ, database_url=database)
    load("engine.cli.merge_run:run")(settings, entity, stays, others, email, speaker)
