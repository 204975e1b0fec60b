"""The words of a text, for the search index: Latin words folded, Chinese as overlapping pairs of characters.

The same text gives the same words on both databases, so a search finds the same records on either."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_WORD = 40
MOST_WORDS = 2000
MOST_TERMS = 12
_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<word>[^\W_{_HAN}]+)")
_NUMBER = re.compile(r"\+?[\d\s()./-]{4,}")
_DIGITS_OF_A_NUMBER = 7
"""From here on digits with spaces or dashes between them are one number, as people write phone numbers."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word to look for; with `prefix` also longer words that begin with it."""

    word: str
    prefix: bool


def words(text: str) -> tuple[str, ...]:
    """The distinct words a text is found by, in order."""
    found = (word for han, run in _runs(text) for word in (_pairs(run) if han else (run,)))
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def terms(typed: str) -> tuple[Term, ...]:
    """What must all be found for a record to match what somebody typed; nothing when there is no word in it."""
    if number := _number(typed.strip()):
        return (Term(number, True),)
    found: list[Term] = []
    for han, run in _runs(typed):
        pairs = [run[index : index + 2] for index in range(len(run) - 1)] if han and len(run) > 1 else []
        found += [Term(pair, False) for pair in pairs] or [Term(run, True)]
    return tuple(dict.fromkeys(found))[:MOST_TERMS]


def fold(text: str) -> str:
    """Without regard to case, width and accents."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    if wide.isascii():
        return wide
    return "".join(letter if _is_han(letter) else _plain(letter) for letter in wide)


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    for match in _RUN.finditer(fold(text)):
        han = match["han"] is not None
        yield han, match[0] if han else match[0][:LONGEST_WORD]


def _pairs(run: str) -> list[str]:
    """Pairs of neighbours, and the last character alone: so one character is found as the beginning of a word."""
    return [*(run[index : index + 2] for index in range(len(run) - 1)), run[-1]]


def _number(typed: str) -> str:
    digits = re.sub(r"\D", "", typed)
    if not _NUMBER.fullmatch(typed) or len(digits) < _DIGITS_OF_A_NUMBER or digits == typed:
        return ""
    return digits.removeprefix("00").lstrip("0")[:LONGEST_WORD]


def _is_han(letter: str) -> bool:
    return re.match(f"[{_HAN}]", letter) is not None


def _plain(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
