"""The engine's own sentences, by key and language: `messages/<language>.json`.

A sentence has {named} slots. One that counts is a map of plural forms, chosen by its `count`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.locale.currencies import separators
from engine.locale.languages import locale_of
from engine.locale.text import LANGUAGES, Text

Sentence = str | Mapping[str, str]

_FOLDER = Path(__file__).parent / "messages"


def message(key: str, language: str, **values: Any) -> str:
    """The sentence `key` in `language` (else the nearest one), its slots filled; a whole `count` is grouped.
    Raises KeyError for an unknown key or a missing value."""
    sentence = sentences(_nearest(language))[key]
    if isinstance(sentence, str):
        return sentence.format(**values) if values else sentence
    count = values["count"]
    form = sentence.get(locale_of(language).plural_form(count)) or sentence["other"]
    return form.format(**{**values, "count": f"{count:,}".replace(",", separators(language)[1])})


def message_text(key: str, **values: Any) -> Text:
    """The sentence in every language; a value that is a `Text` is put in its own language."""
    return Text(tuple((language, message(key, language, **_in(language, values))) for language in LANGUAGES), key)


@lru_cache(maxsize=16)
def sentences(language: str) -> Mapping[str, Sentence]:
    """Every sentence of one language."""
    loaded: dict[str, Sentence] = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=64)
def _nearest(language: str) -> str:
    primary = language.split("-")[0]
    near = next((code for code in LANGUAGES if code.split("-")[0] == primary), "en")
    return language if language in LANGUAGES else near


def _in(language: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.in_(language) if isinstance(value, Text) else value for name, value in values.items()}
