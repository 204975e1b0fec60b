"""`crm export`: the records of a view, or all of an entity, as a file."""

from __future__ import annotations

import os
from pathlib import Path

import click

from engine.cli.speech import Command, Speaker, language_option, option
from engine.language.discovery import load
from engine.settings import Settings


@click.command("export", cls=Command, help="cli.export.about")
@click.argument("entity", metavar="ENTITY")
@option("-o", "--output", "path", metavar="FILE", type=click.Path(path_type=Path), required=True, help="cli.export.to")
@option("--view", metavar="VIEW", help="cli.export.view")
@option("--format", "form", type=click.Choice(("csv", "xlsx", "json")), help="cli.export.format")
@option("--all-fields", is_flag=True, help="cli.export.all_fields")
@option("--names", is_flag=True, help="cli.export.names")
@option("--encoding", type=click.Choice(("utf-8", "gb18030")), default="utf-8", help="cli.export.encoding")
@option("--as", "email", metavar="EMAIL", help="cli.export.as")
@option("--database", metavar="URL", help="cli.serve.database")
@language_option
@click.pass_obj
def command(
    speaker: Speaker,
    entity: str,
    path: Path,
    view: str | None,
    form: str | None,
    all_fields: bool,
    names: bool,
    encoding: str,
    email: str | None,
    database: str | None,
) -> None:
    settings = Settings.from_environment(os.environ, database_url=database)
    wanted = load("engine.cli.export_run:Wanted")(entity, path, view, form, all_fields, names, encoding, email)
    load("engine.cli.export_run:run")(settings, wanted, speaker)
