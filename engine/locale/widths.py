"""How wide a text is on a terminal: Chinese letters take two places."""

from __future__ import annotations

from unicodedata import east_asian_width


def width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def padded(text: str, places: int) -> str:
    """With spaces up to that many places."""
    return text + " " * (places - width(text))
