"""The command `crm`: each subcommand is a module of this folder, imported when it is asked for."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from engine.cli.speech import Group, Speaker, chosen_language
from engine.cli.usage import sentence
from engine.language.discovery import load

COMMANDS = (
    "audit",
    "check",
    "demo",
    "export",
    "import",
    "init",
    "merge",
    "recompute",
    "schema",
    "serve",
    "test",
    "token",
    "user",
)
INTERRUPTED = 130


class Crm(Group):
    """Tells every error in one sentence of the person's language and leaves with its exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return load(f"engine.cli.{cmd_name}:command") if cmd_name in COMMANDS else None

    def main(self, *words: Any, **settings: Any) -> Any:
        """Run a command line (`args`, else the one of the process) and leave with its exit code."""
        given = words[0] if words else settings.pop("args", None)
        line = list(sys.argv[1:] if given is None else given)
        sys.exit(self._run(line, Speaker(chosen_language(line, os.environ))))

    def _run(self, line: list[str], speaker: Speaker) -> int:
        try:
            code = super().main(line, "crm", standalone_mode=False, obj=speaker)
        except click.Abort:
            return INTERRUPTED
        except click.UsageError as error:
            speaker.complain(sentence(error, speaker))
            return error.exit_code
        except Exception as error:
            return int(load("engine.cli.faults:report")(error, speaker))
        return code if isinstance(code, int) else 0


crm = Crm(name="crm", help="cli.about")


def main() -> None:
    crm.main()
