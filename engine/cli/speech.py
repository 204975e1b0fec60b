"""What the commands say, in English or Chinese: help texts are keys of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from engine.locale.catalogue import message
from engine.locale.text import LANGUAGES, Text

FLAG = "--language"


def chosen_language(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language `--language` asks for, else the one of the terminal."""
    for word, following in zip(words, [*words, ""][1:], strict=True):
        wanted = following if word == FLAG else word.removeprefix(f"{FLAG}=")
        if word.startswith(FLAG) and wanted in LANGUAGES:
            return wanted
    named = (environment.get(variable) for variable in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh-CN" if next((name for name in named if name), "").startswith("zh") else "en"


class Refusal(Exception):
    """A command cannot do what was asked; `message` is a sentence in both languages."""

    def __init__(self, message: Text, code: int = 1) -> None:
        super().__init__(message.in_("en"))
        self.message, self.code = message, code


@dataclass(frozen=True, slots=True)
class Speaker:
    language: str

    def text(self, key: str, **values: Any) -> str:
        return message(key, self.language, **values)

    def say(self, key: str, **values: Any) -> None:
        click.echo(self.text(key, **values))

    def note(self, key: str, **values: Any) -> None:
        """Tell on the error stream, so that the output stays clean."""
        click.echo(self.text(key, **values), err=True)

    def complain(self, *lines: str) -> None:
        for line in lines:
            click.echo(line, err=True)


def _text(key: str | None, context: click.Context | None = None) -> str:
    speaker: Speaker = (context or click.get_current_context()).find_root().obj
    return speaker.text(key) if key else ""


class Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, _text("cli.usage.prefix") + " ")

    def section(self, name: str) -> Any:
        return super().section(_text(f"cli.usage.{name.lower()}"))


class Context(click.Context):
    formatter_class = Formatter


class Option(click.Option):
    """An option whose `help` is a key of the catalogue."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        return self.get_help_spec(ctx), _text(self.help, ctx)


class Command(click.Command):
    """A command whose `help` is a key of the catalogue."""

    context_class = Context

    def get_short_help_str(self, limit: int = 45) -> str:
        return _text(self.help)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_text(self.help, ctx))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is None:
            return None
        option.help = _text("cli.usage.help", ctx)
        return option


class Group(Command, click.Group):
    """A group whose `help` is a key of the catalogue."""


def option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    return click.option(*names, cls=Option, **settings)


def language_option(function: Any) -> Any:
    """`--language`, which `chosen_language` reads: the command itself is given a speaker."""
    return option(FLAG, type=click.Choice(LANGUAGES), expose_value=False, help="cli.usage.language")(function)
