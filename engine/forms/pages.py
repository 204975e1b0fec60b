"""The pages of this room: its templates with the tools they use, one environment per language."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from engine.forms.marks import person_mark, record_mark
from engine.locale.catalogue import message
from engine.templating import Pages

TEMPLATES = Path(__file__).parent / "templates"
_SAFE_SCHEMES = ("https://", "http://")


@lru_cache(maxsize=16)
def pages(language: str, static: str = "/static") -> Pages:
    """The screens in one language; `static` is the address the static files are served under."""
    tools = {
        "person_mark": person_mark,
        "record_mark": record_mark,
        "web_address": web_address,
        "inner": _inner_english if language.startswith("en") else str,
    }
    return Pages(TEMPLATES, language, message, static=static, tools=tools)


def _inner_english(label: str) -> str:
    """A label inside a sentence: "Sales order" becomes "sales order", "VAT rate" stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def web_address(text: str) -> str:
    """`text` when it is an address a browser may open from a stored value, else nothing: never `javascript:`."""
    return text if text.lower().startswith(_SAFE_SCHEMES) else ""
