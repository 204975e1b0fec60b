"""`crm check`: everything that is wrong in a blueprint, before anything runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.parameter_values import param_option
from engine.cli.report import problem_lines
from engine.cli.shipped import existing
from engine.cli.speech import Command, Refusal, Speaker, language_option, option
from engine.language.discovery import load
from engine.locale.catalogue import message_text

if TYPE_CHECKING:
    from engine.blueprint import Blueprint
    from engine.compiling import Compiled


@click.command("check", cls=Command, help="cli.check.about")
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("names", nargs=-1)
@option("--explain", is_flag=True, help="cli.check.explain")
@option("--format", "layout", type=click.Choice(("text", "json")), default="text", help="cli.check.format")
@param_option
@language_option
@click.pass_obj
def command(
    speaker: Speaker, path: Path, layout: str, names: tuple[str, ...], explain: bool, values: dict[str, str]
) -> int:
    """Exit code 0: no errors, warnings allowed; 1: errors; 2: nothing there to check, or to explain."""
    if names and not explain:
        raise Refusal(message_text("cli.check.names"), 2)
    compile_folder: Callable[..., Compiled] = load("engine.compiling:compile_folder")
    compiled = compile_folder(existing(path), values, values.keys())
    problems, blueprint = compiled.problems, compiled.blueprint
    if explain and blueprint is not None:
        return _explain(speaker, blueprint, names, layout)
    if layout == "json":
        found = [problem.as_json(speaker.language) for problem in problems]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(problem_lines(problems, speaker)))
    return 1 if problems else 0


def _explain(speaker: Speaker, blueprint: Blueprint, names: tuple[str, ...], layout: str) -> int:
    found = load("engine.cli.explained:explained")(blueprint, names)
    if not found:
        raise Refusal(message_text("cli.check.no_expression"), 2)
    if layout == "json":
        click.echo(json.dumps([each.as_json(speaker) for each in found], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(line for each in found for line in each.lines(speaker)))
    return 0
