"""A text a person reads, in every language it was written in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LANGUAGES = ("en", "zh-CN")


@dataclass(frozen=True, slots=True)
class Text:
    """`by_language` holds (language, text) pairs; a text without a language is stored under ""."""

    by_language: tuple[tuple[str, str], ...]
    key: str = field(default="", compare=False, repr=False)
    """Of a sentence of the catalogue: its key."""

    @classmethod
    def of(cls, source: str | Mapping[str, str]) -> Text:
        if isinstance(source, str):
            return cls((("", source),))
        return cls(tuple(source.items()))

    def in_(self, language: str) -> str:
        """The text in `language`, else in the nearest one: same primary language, English, the first."""
        texts = dict(self.by_language)
        primary = language.split("-")[0]
        near = next((text for code, text in self.by_language if code.split("-")[0] == primary), None)
        return texts.get(language) or near or texts.get("en") or next(iter(texts.values()), "")

    def missing(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """The languages this text is not written in; a text without a language counts for none."""
        written = {code for code, text in self.by_language if text}
        return tuple(language for language in languages if language not in written)


def sentences(texts: Sequence[Text]) -> Text:
    """Several sentences as one text; Chinese ones stand without a space between them."""
    if len(texts) == 1:
        return texts[0]
    return Text(tuple((code, ("" if code == "zh-CN" else " ").join(t.in_(code) for t in texts)) for code in LANGUAGES))
