"""Chinese letters as they are said: pinyin without tones. The only door to pypinyin, opened when it is first needed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import lru_cache

from engine.language.discovery import load

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{HAN}]")
FAMILY = {
    "曾": "zeng",
    "单": "shan",
    "單": "shan",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "任": "ren",
    "盖": "ge",
    "区": "ou",
    "區": "ou",
    "尉迟": "yuchi",
    "万俟": "moqi",
    "乐": "yue",
    "翟": "zhai",
    "覃": "qin",
    "缪": "miao",
    "冼": "xian",
    "员": "yun",
    "朴": "piao",
    "种": "chong",
    "长孙": "zhangsun",
    "澹台": "tantai",
    "沈": "shen",
    "葛": "ge",
    "宁": "ning",
    "纪": "ji",
    "卜": "bu",
}
"""Family names that are said otherwise than the letter alone."""


def has_han(text: str) -> bool:
    return _HAN.search(text) is not None


@lru_cache(maxsize=32_768)
def syllable(letter: str) -> str:
    """ "zhang" for 张; what is no Chinese letter stays. ü is written u, as passports and people without one do."""
    return _reader()(letter)[0].replace("ü", "u").replace("v", "u") if _HAN.match(letter) else letter


def syllables(text: str) -> tuple[str, ...]:
    return tuple(syllable(letter) for letter in text)


def family(text: str) -> str:
    """The syllables of a family name, together."""
    return FAMILY.get(text) or "".join(syllables(text))


def words(text: str) -> list[str]:
    """A text as it is said in whole words, where a letter may be said otherwise than alone: 行业 is hang ye. What is
    not Chinese stays as it is."""
    return _reader_of_words()(text) if has_han(text) else [text]


@lru_cache(maxsize=1)
def _reader() -> Callable[[str], list[str]]:
    """Without its dictionary of phrases, which takes 40 MB and half a second: names are read letter by letter."""
    os.environ["PYPINYIN_NO_PHRASES"] = "1"
    reader: Callable[[str], list[str]] = load("pypinyin:lazy_pinyin")
    return reader


@lru_cache(maxsize=1)
def _reader_of_words() -> Callable[[str], list[str]]:
    """With that dictionary."""
    reader = _reader()
    load("pypinyin:load_phrases_dict")(load("pypinyin.phrases_dict:phrases_dict"))
    return reader
