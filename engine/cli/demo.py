"""`crm demo`: a workspace on SQLite with demo data, ready to log in."""

from __future__ import annotations

import os
from pathlib import Path

import click

from engine.cli.shipped import found
from engine.cli.speech import Command, Speaker, language_option, option
from engine.language.discovery import load
from engine.settings import Settings


@click.command("demo", cls=Command, help="cli.demo.about")
@click.argument("blueprint", metavar="NAME|DIR")
@option("--port", type=click.IntRange(0, 65535), help="cli.serve.port")
@option("--host", help="cli.serve.host")
@option("--data", type=click.Path(path_type=Path, file_okay=False), help="cli.demo.data")
@option("--fresh", is_flag=True, help="cli.demo.fresh")
@option("--no-serve", is_flag=True, help="cli.demo.no_serve")
@language_option
@click.pass_obj
def command(
    speaker: Speaker, blueprint: str, port: int | None, host: str | None, data: Path | None, fresh: bool, no_serve: bool
) -> None:
    path = found(blueprint)
    folder = data or Path("workspace") / f"demo-{path.resolve().stem}"
    settings = Settings.from_environment(os.environ, data_folder=folder, host=host, port=port)
    run = load("engine.cli.demo_run:prepare" if no_serve else "engine.cli.demo_run:run")
    run(settings, path, fresh, speaker)
