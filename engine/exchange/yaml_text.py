"""Writing YAML as a person would: values as plain as they can be, short maps on one line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

PLAIN = re.compile(r"-?[A-Za-z_\u3400-\u9fff][\w \u3400-\u9fff./()（）·-]*|\d+\.\d+\.\d+")
WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"}
"""Written in quotes where they are texts, for readers and other programs alike."""


def scalar(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
    text = str(value)
    plain = PLAIN.fullmatch(text) and text == text.strip() and text.lower() not in WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)


def inline(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_text(key)}: {inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(inline, value)) + "]"
    text = scalar(value)
    return text if text.startswith('"') or not re.search(r"[,\[\]{}]", text) else json.dumps(text, ensure_ascii=False)


def key_text(key: str) -> str:
    return key if re.fullmatch(r"[a-z][a-z0-9_-]*", key) and key not in WORDS else json.dumps(key, ensure_ascii=False)


def entry(key: str, value: Any, depth: int, comment: str = "", width: int = 120) -> list[str]:
    """Lines of `key: value` at a depth; a map that is too long for one line has a line for each of its keys."""
    pad, note = "  " * depth, f"  # {' '.join(comment.split())}" if comment else ""
    line = f"{pad}{key_text(key)}: {inline(value)}"
    if not isinstance(value, Mapping) or len(line) <= width:
        return [line + note]
    below = [line for inner, each in value.items() for line in entry(inner, each, depth + 1, width=width)]
    return [f"{pad}{key_text(key)}:{note}", *below]
