"""The order people write names and addresses in."""

from __future__ import annotations

import re

FAMILY_FIRST = ("zh", "ja", "ko", "vi", "hu")
LARGEST_FIRST = ("", "zh", "ja", "ko")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")


def family_first(language: str) -> bool:
    """Whether a form asks for the family name before the given one; so does the neutral language."""
    return language.split("-")[0] in ("", *FAMILY_FIRST)


def largest_first(language: str) -> bool:
    """Whether an address goes from the country down to the street; so does the neutral language."""
    return language.split("-")[0] in LARGEST_FIRST


def is_spaceless(text: str) -> bool:
    """Whether all of it is in a script that writes names without a space, the family name first."""
    return _SPACELESS.fullmatch(text) is not None


def has_chinese(text: str) -> bool:
    return _CHINESE.search(text) is not None
