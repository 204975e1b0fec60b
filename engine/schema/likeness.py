"""How like two texts are, from 0 to 100. The only importer of rapidfuzz."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from engine.schema.pinyin import HAN

LONGEST = 160
OTHER_NUMBER = 70
"""The most that two texts with different numbers can be alike."""
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_WORD = re.compile(rf"[{HAN}\u3040-\u30ff\uac00-\ud7af]+|[^\W_{HAN}\u3040-\u30ff\uac00-\ud7af]+")
_DOTTED = re.compile(r"\b(?:\w\.\s?){2,}(?:\w\b)?")
_APOSTROPHES = re.compile(r"['’`´]")


def plain_forms(text: str) -> tuple[str, ...]:
    """A text without regard to case, width and accents; with umlauts also as Germans write it without them."""
    wide = unicodedata.normalize("NFKC", text[:LONGEST])
    return tuple(dict.fromkeys((_plain(wide), _plain(wide.translate(_UMLAUTS)))))


def words(plain: str) -> tuple[str, ...]:
    """The words of a plain text: S.A. is one, O'Neill too; Chinese without spaces is one."""
    joined = _DOTTED.sub(lambda found: found[0].replace(".", "").replace(" ", "") + " ", plain)
    return tuple(_WORD.findall(_APOSTROPHES.sub("", joined)))


def ratio(one: str, other: str) -> int:
    """Of two words, letter by letter."""
    return _capped(one, other, fuzz.ratio(one, other))


def of_words(one: Sequence[str], other: Sequence[str]) -> int:
    """Of two texts whose words may stand in another order, or apart where the other writes them together."""
    best = max(fuzz.ratio(_sorted(one), _sorted(other)), fuzz.ratio("".join(one), "".join(other)))
    return _capped(" ".join(one), " ".join(other), best)


def turned(one: Sequence[str], other: Sequence[str]) -> int:
    """Of two names whose parts may begin anywhere: Xiao Ming Ouyang is Ouyang Xiaoming."""
    if not one or not other:
        return 0
    pairs = [("".join(one), shape) for shape in _turns(other)] + [("".join(other), shape) for shape in _turns(one)]
    return max(of_words(one, other), *(ratio(*pair) for pair in pairs))


def edges(squashed: str, length: int = 6) -> tuple[str, ...]:
    """What a text and one almost like it have in common: its beginning or its end, and that it is the same."""
    return (f"={squashed}", f"^{squashed[:length]}", f"${squashed[-length:]}") if squashed else ()


def _turns(words: Sequence[str]) -> set[str]:
    return {"".join((*words[cut:], *words[:cut])) for cut in range(min(len(words), 4))}


def _sorted(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


def _plain(wide: str) -> str:
    decomposed = unicodedata.normalize("NFD", wide.casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", letters).translate(_LETTERS)


def _capped(one: str, other: str, likeness: float) -> int:
    """Studio 54 is not Studio 55, however few letters differ."""
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return min(round(likeness), OTHER_NUMBER)
    return round(likeness)
