"""Avatars without pictures: initials and a hue that stay the same for the same name."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from unicodedata import category
from zlib import crc32

from engine.forms.contexts import Mark

_HUES = ("blue", "teal", "amber", "violet", "rose", "green", "orange", "sky", "plum", "lime", "red")


@lru_cache(maxsize=4096)
def person_mark(name: str) -> Mark:
    """A circle. Chinese names show their last two characters, others the first letters of first and last name."""
    initials = _leading_han(name)[-2:] or _first_letters(name, last=True)
    return Mark(initials, _hue(name), person=True)


@lru_cache(maxsize=4096)
def record_mark(title: str) -> Mark:
    """A rounded square. Chinese titles show their first character, others the first letters of two words."""
    initials = _leading_han(title)[:1] or _first_letters(title, last=False)
    return Mark(initials, _hue(title))


def _letters(text: str) -> str:
    return "".join(character for character in text if category(character)[0] in "LN")


def _leading_han(text: str) -> str:
    """The Chinese characters a name begins with, before any other letter."""
    return "".join(takewhile(lambda letter: "\u4e00" <= letter <= "\u9fff", _letters(text)))


def _first_letters(text: str, *, last: bool) -> str:
    words = [letters for word in text.replace("-", " ").split() if (letters := _letters(word))]
    chosen = [words[0], words[-1]] if last and len(words) > 1 else words[:2]
    return "".join(word[0] for word in chosen).upper() or "?"


def _hue(text: str) -> str:
    return _HUES[crc32(text.encode()) % len(_HUES)]
