"""Splits the icons into two sprites: `icons.svg` with those the engine and its blueprints draw, which every page loads,
and `icons-more.svg` with the rest, loaded only where a blueprint names one of them.

Run `python tools/sprites.py` after a screen or a blueprint began to use another icon."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "engine" / "web" / "static"
COMMON, MORE = STATIC / "icons.svg", STATIC / "icons-more.svg"
_SYMBOL = re.compile(r'<symbol id="i-([a-z0-9-]+)".*?</symbol>', re.DOTALL)
_TEXTS = re.compile(r'["\']([a-z0-9-]+)["\']')
_YAML_ICON = re.compile(r"\bicon: ([a-z0-9-]+)")


def named() -> set[str]:
    """Every word the screens, the field types and the shipped blueprints may mean as an icon."""
    code = [path for kind in ("py", "js", "html") for path in (ROOT / "engine").rglob(f"*.{kind}")]
    words = {word for path in code if "vendor" not in path.parts for word in _TEXTS.findall(_read(path))}
    return words | {word for path in (ROOT / "blueprints").rglob("*.yaml") for word in _YAML_ICON.findall(_read(path))}


def write(symbols: Iterable[tuple[str, str]]) -> None:
    """Writes both sprites from (name, symbol) pairs."""
    drawn = named()
    pairs = sorted(symbols)
    COMMON.write_text(_sprite(symbol for name, symbol in pairs if name in drawn), encoding="utf-8")
    MORE.write_text(_sprite(symbol for name, symbol in pairs if name not in drawn), encoding="utf-8")


def _sprite(symbols: Iterable[str]) -> str:
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    files = [path for path in (COMMON, MORE) if path.exists()]
    write({found[1]: found[0] for path in files for found in _SYMBOL.finditer(_read(path))}.items())
