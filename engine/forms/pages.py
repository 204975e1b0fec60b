"""The pages of this room: its templates with the tools they use, one environment per language."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from engine.forms.marks import person_mark, record_mark
from engine.locale.catalogue import message
from engine.templating import Pages

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parents[1] / "web" / "static"
FIRST_SPRITES = ("icons", "icons-app")
"""Those of lists and menus, and those of other screens."""
REST_SPRITE = ("icons-more",)
_SAFE_SCHEMES = ("https://", "http://")


@lru_cache(maxsize=16)
def pages(language: str) -> Pages:
    """The screens in one language."""
    tools = {
        "person_mark": person_mark,
        "record_mark": record_mark,
        "web_address": web_address,
        "inner": inner_english if language.startswith("en") else str,
    }
    return Pages(TEMPLATES, language, message, static=static_address(), symbol=_symbols(), tools=tools)


@lru_cache(maxsize=1)
def static_address() -> str:
    """Where the browser finds the static files: the address changes with what they hold, so they are kept for ever."""
    digest = sha256()
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        digest.update(path.relative_to(STATIC).as_posix().encode() + path.read_bytes())
    return f"/static/v-{digest.hexdigest()[:12]}"


def _symbols() -> Callable[[str], str]:
    """The address of an icon: in the sprite of lists and menus, in that of other screens, or in the one of the rest."""
    sprites = {name: sprite for sprite in reversed(FIRST_SPRITES) for name in icon_names((sprite,))}
    static = static_address()
    return lambda name: f"{static}/{sprites.get(name, REST_SPRITE[0])}.svg#i-{name}"


@lru_cache(maxsize=4)
def icon_names(sprites: tuple[str, ...]) -> frozenset[str]:
    """The names of the icons in these sprites."""
    texts = ((STATIC / f"{sprite}.svg").read_text(encoding="utf-8") for sprite in sprites)
    return frozenset(name for text in texts for name in re.findall(r'<symbol id="i-([a-z0-9-]+)"', text))


def inner_english(label: str) -> str:
    """A label inside a sentence: "Sales order" becomes "sales order", "VAT rate" stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def web_address(text: str) -> str:
    """`text` when it is an address a browser may open from a stored value, else nothing: never `javascript:`."""
    return text if text.lower().startswith(_SAFE_SCHEMES) else ""
