"""The few pieces of Markdown the pages are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.locale.text import Text


def both(en: str, zh: str) -> Text:
    return Text((("en", en), ("zh-CN", zh)))


MADE = both(
    "This page is made from the engine itself by `make docs`.",
    "本页由 `make docs` 根据引擎自动生成。",
)


def page(language: str, title: Text, *parts: str) -> str:
    return "\n\n".join([f"# {title.in_(language)}", MADE.in_(language), *filter(None, parts)]) + "\n"


def code(text: object) -> str:
    """Inline code; a bar would end a table cell."""
    written = str(text).replace("|", "\\|").replace("\r\n", "⏎").replace("\n", "⏎")
    return f"``{written}``" if "`" in written else f"`{written}`"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def listed(words: Iterable[str], language: str) -> str:
    return (", " if language == "en" else "、").join(words)
