"""`crm init`: a blueprint of one's own, copied from a shipped one or made from a spreadsheet."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from engine.cli.shipped import existing, shipped
from engine.cli.speech import Command, Refusal, Speaker, language_option, option
from engine.language.discovery import load
from engine.locale.catalogue import message_text


@click.command("init", cls=Command, help="cli.init.about")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@option("--from", "name", metavar="NAME", default="starter", help="cli.init.from")
@option("--from-file", "file", metavar="FILE", type=click.Path(path_type=Path), help="cli.init.from_file")
@language_option
@click.pass_obj
def command(speaker: Speaker, folder: Path, name: str, file: Path | None) -> None:
    source = existing(file) if file else shipped(name)
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise Refusal(message_text("cli.init.not_empty", path=folder))
    if file:
        load("engine.cli.init_from_file:run")(folder, file, speaker)
        return
    shutil.copytree(source, folder, dirs_exist_ok=True)
    speaker.say("cli.init.done", name=name, path=folder)
