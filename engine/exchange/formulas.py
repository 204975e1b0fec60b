"""Texts that a spreadsheet would take for a formula: an apostrophe in front keeps them texts.

A cell of a CSV file that begins with `=`, `+`, `-`, `@`, a tab or a line break may be run when the file is opened.
Such a text gets an apostrophe in front; so does one that has the apostrophe already, which makes the way back exact.
Numbers and phone numbers (`-12.50`, `+86 138 0013 8000`, `+1 617-555-0112 ext. 7`) have no letters a formula could
call and stay as they are.
"""

from __future__ import annotations

import re

RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
FIGURES = re.compile(r"[+-]?[0-9(][0-9 ().,/-]*(?: ext\. [0-9]+)?", re.ASCII)


def neutralised(text: str) -> str:
    """The text as a CSV file may have it."""
    return f"'{text}" if RISKY.match(text) and not FIGURES.fullmatch(text) else text


def restored(text: str) -> str:
    """The text that `neutralised` was given."""
    return text[1:] if text.startswith("'") and RISKY.match(text) else text
