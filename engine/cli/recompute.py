"""`crm recompute`: computed values that are not right are found and repaired."""

from __future__ import annotations

import os

import click

from engine.cli.speech import Command, Speaker, language_option, option
from engine.language.discovery import load
from engine.settings import Settings


@click.command("recompute", cls=Command, help="cli.recompute.about")
@click.argument("what", metavar="ENTITY[.FIELD]", required=False)
@option("--dry-run", "dry", is_flag=True, help="cli.recompute.dry_run")
@option("--database", metavar="URL", help="cli.serve.database")
@language_option
@click.pass_obj
def command(speaker: Speaker, what: str | None, dry: bool, database: str | None) -> int:
    settings = Settings.from_environment(os.environ, database_url=database)
    return int(load("engine.cli.recompute_run:run")(settings, what, dry, speaker))
