"""`crm test`: what a blueprint says it does, tried out on a database that is thrown away."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.shipped import found
from engine.cli.speech import Command, Speaker, language_option, option
from engine.language.discovery import load


@click.command("test", cls=Command, help="cli.test.about")
@click.argument("blueprint", metavar="NAME|DIR")
@option("--database", metavar="URL", help="cli.test.database")
@option("--only", metavar="TEXT", default="", help="cli.test.only")
@option("--junit", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="cli.test.junit")
@option("--format", "layout", type=click.Choice(("text", "json")), default="text", help="cli.test.format")
@language_option
@click.pass_obj
def command(speaker: Speaker, blueprint: str, database: str | None, only: str, junit: Path | None, layout: str) -> int:
    """Exit code 0: every test passed; 1: one did not, or the blueprint has errors; 2: there is nothing to run."""
    run = load("engine.cli.testing:run")
    return int(run(found(blueprint), database, only, junit, layout, speaker))
