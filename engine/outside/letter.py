"""A mail as it leaves: one person, a subject, the same words plain and as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from engine.locale.catalogue import message
from engine.templating import Pages

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Letter:
    to: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class LinkLetter:
    """`link.html` and `link.txt`: a few sentences and one thing to do. All texts are in `language`."""

    language: str
    workspace: str
    heading: str
    text: str
    button: str
    url: str
    note: str


def link_letter(to: str, subject: str, words: LinkLetter) -> Letter:
    return Letter(
        to=to,
        subject=subject,
        text=_pages(words.language, escape=False).render("link.txt", words),
        html=_pages(words.language, escape=True).render("link.html", words),
    )


@lru_cache(maxsize=16)
def _pages(language: str, escape: bool) -> Pages:
    return Pages(TEMPLATES, language, message, escape=escape)
