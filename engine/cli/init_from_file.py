"""What `crm init --from-file` does: guesses a blueprint, writes it, and says what it guessed and how sure it is."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.speech import Refusal, Speaker
from engine.clock import Clock
from engine.exchange.blueprint_from_file import blueprint_files, write_blueprint
from engine.exchange.field_types import field_types
from engine.exchange.table_guess import EntityGuess, FieldGuess, example, guess_file
from engine.exchange.unreadable import UnreadableFile
from engine.locale.catalogue import message_text
from engine.locale.widths import padded, width

MOST = 40
"""Fields of an entity that are told one by one."""


def run(folder: Path, file: Path, speaker: Speaker) -> None:
    """Raises `Refusal` for a file that is no table."""
    if not file.is_file():
        raise Refusal(message_text("cli.no_path", path=file), 2)
    try:
        guess = guess_file(file, file.stem, Clock().now().date())
    except UnreadableFile as unreadable:
        raise Refusal(unreadable.message) from unreadable
    write_blueprint(folder, blueprint_files(guess))
    for entity in guess.entities:
        _tell(entity, speaker)
    if guess.left_out:
        speaker.say("cli.init.left_out", names=", ".join(guess.left_out))
    speaker.say("cli.init.made", path=folder, file=file)


def _tell(entity: EntityGuess, speaker: Speaker) -> None:
    speaker.say("cli.init.entity", label=entity.plural, name=entity.name, count=entity.rows)
    shown = entity.fields[:MOST]
    rows = [(each.name, _type(each, speaker), _notes(entity, each, speaker), example(each)) for each in shown]
    widths = [max(width(row[place]) for row in rows) for place in range(3)]
    for row in rows:
        cells = [padded(text, places) for text, places in zip(row, widths, strict=False)]
        click.echo(f"  {'  '.join([*cells, row[3]])}".rstrip())
    if len(entity.fields) > MOST:
        speaker.say("cli.init.more", count=len(entity.fields) - MOST)
    click.echo()


def _type(each: FieldGuess, speaker: Speaker) -> str:
    label = field_types()[each.type].label.in_(speaker.language)
    return f"{label} → {each.to}" if each.to else label


def _notes(entity: EntityGuess, each: FieldGuess, speaker: Speaker) -> str:
    """What else is known of the field: the title, required, and how sure the guess is."""
    notes = [speaker.text("cli.init.title")] if each.name == entity.title else []
    notes += [speaker.text("cli.init.required")] if each.column.required else []
    notes += [speaker.text(f"cli.init.{each.column.sure}")] if each.column.sure != "sure" else []
    return speaker.text("cli.check.separator").join(notes)
