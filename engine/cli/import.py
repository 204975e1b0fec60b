"""`crm import`: records out of a spreadsheet, with a preview before anything is written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from engine.cli.speech import Command, Speaker, language_option, option
from engine.language.discovery import load
from engine.settings import Settings

MODES = ("create", "update", "both")


@click.command("import", cls=Command, help="cli.import.about")
@click.argument("entity", metavar="ENTITY", required=False)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path), required=False)
@option("--sheet", metavar="NAME", default="", help="cli.import.sheet")
@option("--map", "map_file", metavar="JSON", type=click.Path(path_type=Path), help="cli.import.map")
@option("--save-map", metavar="JSON", type=click.Path(path_type=Path), help="cli.import.save_map")
@option("--key", metavar="FIELDS", help="cli.import.key")
@option("--mode", type=click.Choice(MODES), help="cli.import.mode")
@option("--create-missing", is_flag=True, help="cli.import.create_missing")
@option("--dry-run", is_flag=True, help="cli.import.dry_run")
@option("--as", "email", metavar="EMAIL", help="cli.import.as")
@option("--errors", metavar="FILE", type=click.Path(path_type=Path), help="cli.import.errors")
@option("--encoding", metavar="NAME", default="", help="cli.import.encoding")
@option("--delimiter", metavar="SIGN", default="", help="cli.import.delimiter")
@option("--header-line", metavar="N", type=click.IntRange(1), default=None, help="cli.import.header_line")
@option("--yes", is_flag=True, help="cli.import.yes")
@option("--resume", metavar="ID", type=int, help="cli.import.resume")
@option("--undo", metavar="ID", type=int, help="cli.import.undo")
@option("--database", metavar="URL", help="cli.serve.database")
@language_option
@click.pass_obj
def command(speaker: Speaker, /, database: str | None, resume: int | None, undo: int | None, **words: Any) -> int:
    """Leaves with 0 when every row went in, 3 when some were left out, 1 when nothing could be done."""
    settings = Settings.from_environment(os.environ, database_url=database)
    if resume is not None or undo is not None:
        return int(load("engine.cli.import_again:run")(settings, resume, undo, words["errors"], speaker))
    missing = next((name for name in ("entity", "file") if words[name] is None), None)
    if missing:
        raise click.MissingParameter(param=next(p for p in command.params if p.name == missing))
    wanted = load("engine.cli.import_run:Wanted")(**words)
    return int(load("engine.cli.import_run:run")(settings, wanted, speaker))
