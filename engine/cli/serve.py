"""`crm serve`: the web server of a workspace."""

from __future__ import annotations

import os
from pathlib import Path

import click

from engine.cli.parameter_values import param_option
from engine.cli.shipped import existing
from engine.cli.speech import Command, Speaker, language_option, option
from engine.language.discovery import load
from engine.settings import Settings


@click.command("serve", cls=Command, help="cli.serve.about")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@option("--database", metavar="URL", help="cli.serve.database")
@option("--port", type=click.IntRange(0, 65535), help="cli.serve.port")
@option("--host", help="cli.serve.host")
@option("--rows", metavar="FILE", type=click.Path(path_type=Path), help="cli.serve.rows")
@param_option
@option("--no-serve", is_flag=True, help="cli.serve.no_serve")
@language_option
@click.pass_obj
def command(
    speaker: Speaker,
    folder: Path | None,
    database: str | None,
    port: int | None,
    host: str | None,
    rows: Path | None,
    values: dict[str, str],
    no_serve: bool,
) -> None:
    settings = Settings.from_environment(os.environ, database_url=database, host=host, port=port)
    blueprint = existing(folder) if folder else None
    run = load("engine.cli.serve_run:prepare" if no_serve else "engine.cli.serve_run:run")
    run(settings, blueprint, speaker, existing(rows) if rows else None, values)
