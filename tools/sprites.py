"""Splits the icons into three sprites, so that a first visit loads few: `icons.svg` with those of lists, menus, field
types and the shipped blueprints, `icons-app.svg` with those of other screens, and `icons-more.svg` with the rest,
which are loaded only where a blueprint names one of them.

Run `python tools/sprites.py` after a screen or a blueprint began to use another icon."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENGINE = ROOT / "engine"
STATIC = ENGINE / "web" / "static"
FIRST, APP, MORE = (STATIC / f"icons{part}.svg" for part in ("", "-app", "-more"))
LISTS = (
    "forms/templates/layout/*.html",
    "forms/templates/parts/list*.html",
    "forms/templates/parts/row*.html",
    "forms/templates/parts/*bar*.html",
    "forms/templates/parts/filter_chips.html",
    "forms/templates/parts/sort_menu.html",
    "forms/templates/parts/view_save.html",
    "forms/templates/parts/toast*.html",
    "forms/templates/widgets/*/cell.html",
    "forms/view_kinds/*.py",
    "schema/field_types/*.py",
    "web/*.py",
    "web/static/js/*.js",
)
_SYMBOL = re.compile(r'<symbol id="i-([a-z0-9-]+)".*?</symbol>', re.DOTALL)
_TEXTS = re.compile(r'["\']([a-z0-9-]+)["\']')
_YAML_ICON = re.compile(r"\bicon: ([a-z0-9-]+)")


def first() -> set[str]:
    """Words that may be icons in what a list page draws, and the icons of the shipped blueprints."""
    words = {word for pattern in LISTS for path in ENGINE.glob(pattern) for word in _TEXTS.findall(_read(path))}
    return words | {word for path in (ROOT / "blueprints").rglob("*.yaml") for word in _YAML_ICON.findall(_read(path))}


def named() -> set[str]:
    """Words that may be icons anywhere in the engine."""
    code = [path for kind in ("py", "html") for path in ENGINE.rglob(f"*.{kind}")]
    return {word for path in code for word in _TEXTS.findall(_read(path))}


def write(symbols: Iterable[tuple[str, str]]) -> None:
    """Writes the sprites from (name, symbol) pairs."""
    lists, app, pairs = first(), named(), sorted(symbols)
    FIRST.write_text(_sprite(symbol for name, symbol in pairs if name in lists), encoding="utf-8")
    APP.write_text(_sprite(symbol for name, symbol in pairs if name in app - lists), encoding="utf-8")
    MORE.write_text(_sprite(symbol for name, symbol in pairs if name not in app | lists), encoding="utf-8")


def _sprite(symbols: Iterable[str]) -> str:
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    files = [path for path in (FIRST, APP, MORE) if path.exists()]
    write({found[1]: found[0] for path in files for found in _SYMBOL.finditer(_read(path))}.items())
