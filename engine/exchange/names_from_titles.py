"""Names of the language made of titles in any script: `Unit price` is unit_price, 客户 is ke_hu."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from engine.language.names import RESERVED, SYSTEM_FIELDS
from engine.schema.pinyin import words

LONGEST = 40
CLASHING = {"id": "number", "owner": "owner_name", "team": "team_name"}
"""What a column is called whose title is a name the engine gives itself; others get `_value`."""
GENERIC = re.compile(r"(?:sheet|table|tabelle|feuille|hoja|工作表|表)\s*\d*", re.IGNORECASE)
"""What programs call a sheet nobody named."""


def field_name(title: str, taken: Collection[str]) -> str:
    return _free(_legal(slug(title) or "field", SYSTEM_FIELDS), taken)


def entity_name(title: str, taken: Collection[str], builtin: Collection[str]) -> str:
    """In the singular, where the title is an English plural."""
    name = _singular(slug(title) or "record")
    return _free(_legal(f"{name}_record" if name in builtin else name, ()), taken)


def option_key(label: str, taken: Collection[str]) -> str:
    return _free(_legal(slug(label) or "option", ()), taken)


def singular(title: str) -> str:
    """`Order lines` is `Order line`; a Chinese title stays."""
    return _singular(title) if title.isascii() else title


def slug(title: str) -> str:
    """Letters a to z, digits and single underscores; may be empty."""
    spoken = " ".join(words(unicodedata.normalize("NFKC", title)))
    plain = unicodedata.normalize("NFKD", re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", spoken))
    return re.sub(r"[^a-z0-9]+", "_", plain.encode("ascii", "ignore").decode().lower()).strip("_")


def _legal(name: str, system: Collection[str]) -> str:
    started = name if name[:1].isalpha() else f"n_{name}"
    cut = started[: LONGEST - 6].rstrip("_")
    return CLASHING.get(cut, f"{cut}_value") if cut in system or cut in RESERVED else cut


def _free(name: str, taken: Collection[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free


def _singular(word: str) -> str:
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if word.lower().endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    ends = word.lower().endswith("s") and not word.lower().endswith(("ss", "us", "is", "news", "series"))
    return word[:-1] if ends and len(word) > 3 else word
