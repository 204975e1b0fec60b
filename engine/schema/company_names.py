"""What is left of a company's name without its legal form, and where it is from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from engine.locale.china import provinces
from engine.schema.likeness import edges, of_words, plain_forms, ratio, words
from engine.schema.pinyin import has_han, syllables

HAN_FORMS = re.compile(
    r"(?:(?:集团)?(?:控股)?(?:股份)?有限(?:责任)?公司|(?:集团|控股|股份|总)公司|集團|集团|公司|"
    r"(?:集團)?(?:控股)?(?:股份)?有限(?:責任)?公司|株式会社|有限会社|主식회사|주식회사)$"
)
HAN_FORMS_AHEAD = re.compile(r"^(?:株式会社|有限会社|주식회사)")
LATIN_FORMS_WRITTEN = (
    "ltd limited inc incorporated corp corporation co company llc llp lp plc pllc pc gmbh ggmbh mbh ag se kg kgaa ohg "
    "gbr ug ev eg sa sas sasu sarl eurl srl spa sl slu sc bv nv cv vof oy oyj ab as asa aps is ks hf ehf doo dd ad "
    "zrt kft nyrt sro zoo spzoo pty pte pvt pl private proprietary kk yk bhd sdn tbk pt jsc ojsc pjsc ooo oao zao "
    "ltda eireli cia cie group groupe gruppe gruppo holding holdings hldgs haftungsbeschrankt"
)
LATIN_FORMS = frozenset(LATIN_FORMS_WRITTEN.split())
LATIN_FORMS_AHEAD = frozenset({"the", "pt", "ooo", "oao", "zao", "firma"})
JOINTS = frozenset({"and", "und", "et", "y", "e"})
COUNTRIES = ("中国", "中國", "香港", "台湾", "台灣", "澳门")
ELSEWHERE = 60
"""The most that companies of two places can be alike: 上海银行 is not 北京银行."""
_BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]")
_ENDINGS = re.compile(r"(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|省|市)$")


@dataclass(frozen=True, slots=True)
class Company:
    """`words` name it; `place` is the Chinese province or city the name begins with."""

    words: tuple[str, ...]
    place: str = ""

    @property
    def han(self) -> bool:
        return any(has_han(word) for word in self.words)

    @property
    def spoken(self) -> str:
        """In Latin letters, without spaces, its words in a fixed order."""
        return "".join(sorted("".join(syllables(word)) for word in self.words))

    @property
    def written(self) -> str:
        return "".join(self.words)


@lru_cache(maxsize=4096)
def companies(text: str) -> tuple[Company, ...]:
    """The ways to read a company's name."""
    return tuple(dict.fromkeys(found for plain in plain_forms(text) if (found := _company(plain)).words))


def keys(text: str) -> tuple[str, ...]:
    """What it has in common with names almost like it."""
    return tuple(dict.fromkeys(key for company in companies(text) for key in edges(company.spoken)))


def likeness(one: str, other: str) -> int:
    return max((_likeness(a, b) for a in companies(one) for b in companies(other)), default=0)


def _likeness(one: Company, other: Company) -> int:
    if one.han and other.han:
        found = ratio(one.written, other.written)
        return min(found, ELSEWHERE) if one.place and other.place and one.place != other.place else found
    if one.han or other.han:
        return ratio(one.spoken, other.spoken)
    return of_words(one.words, other.words)


def _company(plain: str) -> Company:
    outside = _BRACKETS.sub(" ", plain)
    left = outside if words(outside) else plain
    if not has_han(left):
        return Company(_latin(words(left.replace("&", " and "))))
    place, rest = _placed(_without_form("".join(words(left))))
    return Company(words(rest), place)


def _without_form(name: str) -> str:
    cut = HAN_FORMS_AHEAD.sub("", HAN_FORMS.sub("", name))
    return cut if len(cut) > 1 else name


def _latin(found: tuple[str, ...]) -> tuple[str, ...]:
    left = list(found)
    while len(left) > 1 and (left[-1] in LATIN_FORMS or left[-1] in JOINTS):
        left.pop()
    while len(left) > 1 and left[0] in LATIN_FORMS_AHEAD:
        left.pop(0)
    return tuple(word for word in left if word not in JOINTS) or tuple(left)


def _placed(name: str) -> tuple[str, str]:
    """(place, rest): 深圳市腾讯 is 腾讯 from 深圳; a name that is hardly more than a place keeps it."""
    for length in range(min(len(name), 8), 1, -1):
        place = _places().get(name[:length])
        if place is not None and len(name) - length > 1:
            return place, name[length:]
    return "", name


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    """Every name of a province or city, with and without its ending, to the short one."""
    return {written: short for short, written in _written()}


def _written() -> Iterator[tuple[str, str]]:
    for name in COUNTRIES:
        yield name, name
    for region in (each for top in provinces() for each in (top, *top.parts)):
        short = _ENDINGS.sub("", region.name)
        if len(short) > 1:
            yield short, short
            yield short, region.name
