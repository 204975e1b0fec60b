"""The blueprints that come with the engine, and the paths people name."""

from __future__ import annotations

from pathlib import Path

from engine.cli.speech import Refusal
from engine.language.problems import nearest
from engine.locale.catalogue import message_text

BLUEPRINTS = Path(__file__).parents[2] / "blueprints"
NOTHING_THERE = 2


def names() -> list[str]:
    return sorted(path.parent.name for path in BLUEPRINTS.glob("*/blueprint.yaml"))


def existing(path: Path) -> Path:
    """The path itself. Raises `Refusal` when nothing is there."""
    if not path.exists():
        raise Refusal(message_text("cli.no_path", path=path), NOTHING_THERE)
    return path


def shipped(name: str) -> Path:
    """The folder of a shipped blueprint. Raises `Refusal` for an unknown name."""
    known = names()
    if name in known:
        return BLUEPRINTS / name
    near = nearest(name, known)
    key = "cli.no_blueprint_near" if near else "cli.no_blueprint"
    raise Refusal(message_text(key, name=name, near=near, names=", ".join(known)), NOTHING_THERE)


def found(name: str) -> Path:
    """A blueprint by its path or by the name it is shipped under; a path that is there wins. Raises `Refusal`."""
    path = Path(name)
    if path.exists():
        return path
    return existing(path) if "/" in name or path.suffix else shipped(name)
