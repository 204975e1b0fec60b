"""The command `crm`: each subcommand is a module of this folder, imported when it is asked for."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from engine.cli.speech import Group, Speaker, chosen_language
from engine.cli.usage import sentence
from engine.language.discovery import load

COMMANDS = ("check", "demo", "init", "schema", "serve", "user")
INTERRUPTED = 130


class Crm(Group):
    """Tells every error in one sentence of the person's language and leaves with its exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return load(f"engine.cli.{cmd_name}:command") if cmd_name in COMMANDS else None

    def main(self, args: Any = None, prog_name: str | None = None, **extra: Any) -> Any:
        words = list(sys.argv[1:] if args is None else args)
        speaker = Speaker(chosen_language(words, os.environ))
        sys.exit(self._run(words, speaker, extra))

    def _run(self, words: list[str], speaker: Speaker, extra: dict[str, Any]) -> int:
        try:
            code = super().main(words, "crm", standalone_mode=False, obj=speaker, **extra)
        except click.Abort:
            return INTERRUPTED
        except click.UsageError as error:
            speaker.complain(sentence(error, speaker, COMMANDS))
            return error.exit_code
        except Exception as error:
            return int(load("engine.cli.faults:report")(error, speaker))
        return code if isinstance(code, int) else 0


crm = Crm(name="crm", help="cli.about")


def main() -> None:
    crm.main()
