"""`crm schema`: the language as JSON Schema, for editors."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.cli.shipped import existing
from engine.cli.speech import Command, Speaker, language_option
from engine.language.discovery import load

if TYPE_CHECKING:
    from engine.blueprint import Blueprint


@click.command("schema", cls=Command, help="cli.schema.about")
@click.argument("path", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@language_option
@click.pass_obj
def command(speaker: Speaker, path: Path | None) -> None:
    """A blueprint with problems gives the schema without its own names."""
    blueprint: Blueprint | None = None
    if path is not None:
        blueprint = load("engine.compiling:compile_folder")(existing(path)).blueprint
        if blueprint is None:
            speaker.note("cli.schema.without_names", path=path)
    editor_schema: Callable[[Blueprint | None], dict[str, Any]] = load("engine.compiling:editor_schema")
    click.echo(json.dumps(editor_schema(blueprint), ensure_ascii=False, indent=2))
