"""Texts people read, as written in a blueprint: one string, or one per language."""

from __future__ import annotations

import re

from engine.language.nodes import Mapping, Node, Scalar
from engine.language.problems import Problems
from engine.locale.text import Text

_HAN = re.compile("[\u4e00-\u9fff]")


def read_text(node: Node, languages: tuple[str, ...], problems: Problems) -> Text:
    """The text in `node`; each language of the workspace it is not written in is a warning.

    A plain string counts as Chinese when it has Chinese characters, else as English; in a workspace of one language
    it is written in that. A node of another shape gives an empty text: the check of its section has said so."""
    text = _written(node)
    missing = _missing(text, node, languages)
    shown = next((words for _, words in text.by_language if words), None)
    for language in missing if shown else ():
        what = Text.of({"en": f'"{shown}"', "zh-CN": f"“{shown}”"})
        problems.add("W601", node.place, length=_width(node), what=what, language=language)
    return text


def _missing(text: Text, node: Node, languages: tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(node, Scalar):
        written = "zh-CN" if _HAN.search(node.text) else "en"
        return tuple(language for language in languages if language != written) if len(languages) > 1 else ()
    return text.missing(languages)


def _width(node: Node) -> int:
    return node.width if isinstance(node, Scalar) else 0


def _written(node: Node) -> Text:
    if isinstance(node, Scalar):
        return Text.of(node.text)
    if isinstance(node, Mapping):
        return Text(tuple((name, value.text) for name, value in node.items() if isinstance(value, Scalar)))
    return Text(())
