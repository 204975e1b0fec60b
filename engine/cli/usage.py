"""A command line that cannot be read, told in one sentence."""

from __future__ import annotations

from collections.abc import Iterable

import click
from click.exceptions import NoArgsIsHelpError

from engine.cli.speech import Speaker
from engine.language.problems import nearest


def sentence(error: click.UsageError, speaker: Speaker) -> str:
    """What is wrong with the words of the command line, and which words were meant."""
    match error:
        case NoArgsIsHelpError():
            return error.format_message()
        case click.NoSuchCommand():
            return _near(speaker, "cli.usage.no_command", error.command_name, _commands(error.ctx))
        case click.NoSuchOption():
            return _near(speaker, "cli.usage.no_option", error.option_name, error.possibilities or ())
        case click.MissingParameter():
            return speaker.text("cli.usage.missing", name=_name(error))
        case click.BadParameter():
            return _bad_value(error, speaker)
        case _:
            path = error.ctx.command_path if error.ctx else "crm"
            return speaker.text("cli.usage.other", command=path)


def _near(speaker: Speaker, key: str, word: str, candidates: Iterable[str]) -> str:
    near = nearest(word, candidates)
    return speaker.text(f"{key}_near", name=word, near=near) if near else speaker.text(key, name=word)


def _commands(context: click.Context | None) -> list[str]:
    group = context.command if context else None
    return group.list_commands(context) if context and isinstance(group, click.Group) else []


def _bad_value(error: click.BadParameter, speaker: Speaker) -> str:
    match error.param.type if error.param else None:
        case click.Choice(choices=choices):
            return speaker.text("cli.usage.choice", name=_name(error), choices=", ".join(map(str, choices)))
        case click.IntRange(min=low, max=high):
            return speaker.text("cli.usage.range", name=_name(error), low=low, high=high)
        case _:
            return speaker.text("cli.usage.value", name=_name(error))


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return ""
    return error.param.opts[0] if isinstance(error.param, click.Option) else error.param.make_metavar(_context(error))


def _context(error: click.BadParameter) -> click.Context:
    return error.ctx or click.get_current_context()
