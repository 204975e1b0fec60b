"""Cleaning what people paste: one Unicode form, no control characters, no half characters."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = ("Cc", "Cs")
LINE_BREAK = re.compile(r" *[\r\n\t]+ *")


def one_line(text: str) -> str | None:
    """The text on one line without outer spaces; None when nothing is left."""
    return _visible(LINE_BREAK.sub(" ", text), keep="") or None


def many_lines(text: str) -> str | None:
    """The text with its line breaks as `\\n`; None when nothing is left."""
    return _visible(text.replace("\r\n", "\n").replace("\r", "\n"), keep="\n\t") or None


def _visible(text: str, keep: str) -> str:
    shown = (letter for letter in text if letter in keep or unicodedata.category(letter) not in INVISIBLE)
    return unicodedata.normalize("NFC", "".join(shown)).strip()
