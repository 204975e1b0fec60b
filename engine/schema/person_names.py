"""Names of people as they are compared: in either order, Chinese ones also as they are said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from engine.schema.field_types.person_name import COMPOUND
from engine.schema.likeness import plain_forms, ratio, turned, words
from engine.schema.pinyin import family, has_han, syllables

SAME_SOUND = 80
"""How like two Chinese names are that are said the same and written otherwise."""
_TITLES_WRITTEN = "mr mrs ms miss mx dr prof professor sir dame herr frau hr fr dipl ing mag jr sr ii iii phd md mba"
_TITLES = frozenset(_TITLES_WRITTEN.split())
_CHINESE_TITLES = re.compile(r"(?:先生|女士|小姐|老师|教授|博士|经理|总监|总)$")
_SHORT = 4
_MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Person:
    """`spoken` are the parts in Latin letters; `written` the Chinese ones, empty for other names."""

    spoken: tuple[str, ...]
    written: str = ""


@lru_cache(maxsize=4096)
def people(text: str) -> tuple[Person, ...]:
    """The ways to read a name of one line."""
    return tuple(dict.fromkeys(found for plain in plain_forms(text) if (found := _person(plain)).spoken))


def keys(text: str) -> tuple[str, ...]:
    """What it has in common with names almost like it: one part whole, and the beginning of another."""
    return tuple(dict.fromkeys(key for person in people(text) for key in _keys(person)))


def likeness(one: str, other: str) -> int:
    return max((_likeness(a, b) for a in people(one) for b in people(other)), default=0)


def _likeness(one: Person, other: Person) -> int:
    if one.written and other.written:
        if one.written == other.written:
            return 100
        return SAME_SOUND if one.spoken == other.spoken else min(ratio(one.written, other.written), SAME_SOUND)
    return turned(one.spoken, other.spoken)


def _keys(person: Person) -> tuple[str, ...]:
    parts = person.spoken[:_MOST_PARTS]
    if len(parts) == 1:
        return (f"={parts[0]}", f"^{parts[0][: _SHORT + 1]}")
    beside = {(parts[0], parts[-1]), *pairwise(parts)}
    ends = sorted({key for a, b in beside for key in (f"{a[0]}~{b[:_SHORT]}", f"{b[0]}~{a[:_SHORT]}")})
    return ("=" + "".join(sorted(parts)), *ends)


def _person(plain: str) -> Person:
    if has_han(plain):
        return _chinese(_CHINESE_TITLES.sub("", "".join(words(plain))) or plain)
    found = words(" ".join(reversed(plain.split(",", 1))) if "," in plain else plain)
    return Person(tuple(word for word in found if word not in _TITLES) or found)


def _chinese(written: str) -> Person:
    cut = 2 if COMPOUND.match(written) and len(written) > 2 else 1
    given = "".join(syllables(written[cut:]))
    return Person(tuple(part for part in (family(written[:cut]), given) if part), written)
