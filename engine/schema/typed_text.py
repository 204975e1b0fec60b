"""Cleaning what people paste: one Unicode form, no control characters, no half characters."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff]")
INVISIBLE_BUT_BREAKS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff]")
"""Control characters and half characters; line feeds and tabs are kept where a text may have several lines."""
LINE_BREAK = re.compile(r" *[\r\n\t]+ *")


def one_line(text: str) -> str | None:
    """The text on one line without outer spaces; None when nothing is left."""
    return _visible(LINE_BREAK.sub(" ", text), INVISIBLE) or None


def many_lines(text: str) -> str | None:
    """The text with its line breaks as `\\n`; None when nothing is left."""
    return _visible(text.replace("\r\n", "\n").replace("\r", "\n"), INVISIBLE_BUT_BREAKS) or None


def _visible(text: str, without: re.Pattern[str]) -> str:
    return unicodedata.normalize("NFC", without.sub("", text)).strip()
