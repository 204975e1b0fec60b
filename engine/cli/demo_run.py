"""What `crm demo` does once its words are read."""

from __future__ import annotations

from pathlib import Path

from engine.app import make_app
from engine.cli.demo_workspace import Demo, demo
from engine.cli.logins import FILE, table
from engine.cli.serving import address, listening, serve
from engine.cli.speech import Speaker
from engine.settings import Settings


def prepare(settings: Settings, blueprint: Path, fresh: bool, speaker: Speaker) -> None:
    """Make the demo and tell its logins."""
    with demo(settings, blueprint, fresh, speaker) as made:
        _tell_logins(made, settings, speaker)


def run(settings: Settings, blueprint: Path, fresh: bool, speaker: Speaker) -> None:
    """Make the demo, tell its logins and serve it until the process is stopped."""
    with listening(settings.host, settings.port) as listener, demo(settings, blueprint, fresh, speaker) as made:
        _tell_logins(made, settings, speaker)
        name = made.workspace.name
        speaker.say("cli.serving", name=name, address=address(settings.host, listener))
        serve(make_app(made.services), listener)


def _tell_logins(made: Demo, settings: Settings, speaker: Speaker) -> None:
    speaker.say("cli.demo.logins", path=settings.data_folder / FILE)
    for line in table(made.logins):
        speaker.say("cli.demo.login", line=line)
