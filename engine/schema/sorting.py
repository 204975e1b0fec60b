"""The order of texts in lists, and when two texts count as the same.

Both databases compare these columns by code point, so a list has the same order on either.
"""

from __future__ import annotations

import unicodedata

from sqlalchemy import Text
from sqlalchemy.types import TypeEngine

LONGEST_KEY = 120
"""Characters of a sort key; longer texts that differ only later are ordered by id."""

_FIRST_BEYOND_ASCII = 0x80
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def plain_text() -> TypeEngine[str]:
    """A text column ordered by code point. `ilike` on it folds ASCII letters only, on both databases."""
    return Text().with_variant(Text(collation="C"), "postgresql")


def sort_key(text: str) -> str:
    """A key whose order by code point is the order people expect: digits, Latin letters without regard to case and
    accents, then Chinese, its common characters by pinyin (GB18030 keeps the order of GB2312, level 1)."""
    if text.isascii():
        return " ".join(text[:LONGEST_KEY].casefold().split())
    decomposed = unicodedata.normalize("NFKD", text[:LONGEST_KEY].casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_LETTERS)
    return "".join(_place(letter) for letter in " ".join(letters.split()))[:LONGEST_KEY]


def fold(text: str) -> str:
    """What two texts that count as the same have in common: no matter the case, width or spaces."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(plain.casefold().split())


def _place(letter: str) -> str:
    if ord(letter) < _FIRST_BEYOND_ASCII:
        return letter
    return letter.encode("gb18030", errors="replace").decode("latin-1")
