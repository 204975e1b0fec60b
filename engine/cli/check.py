"""`crm check`: everything that is wrong in a blueprint, before anything runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.report import problem_lines
from engine.cli.shipped import existing
from engine.cli.speech import Command, Speaker, language_option, option
from engine.language.discovery import load

if TYPE_CHECKING:
    from engine.compiling import Compiled


@click.command("check", cls=Command, help="cli.check.about")
@click.argument("path", type=click.Path(path_type=Path))
@option("--format", "layout", type=click.Choice(("text", "json")), default="text", help="cli.check.format")
@language_option
@click.pass_obj
def command(speaker: Speaker, path: Path, layout: str) -> int:
    """Exit code 0: no errors, warnings allowed; 1: errors; 2: nothing there to check."""
    compile_folder: Callable[[Path], Compiled] = load("engine.compiling:compile_folder")
    problems = compile_folder(existing(path)).problems
    if layout == "json":
        found = [problem.as_json(speaker.language) for problem in problems]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(problem_lines(problems, speaker)))
    return 1 if problems else 0
