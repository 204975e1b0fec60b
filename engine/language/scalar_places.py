"""Where the characters of a scalar stand in its file, when quotes, escapes or line breaks of YAML stand between."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n|.)", re.DOTALL)
_BLANK_ESCAPES = frozenset(("\\ ", "\\t", "\\\t", "\\n", "\\r", "\\v", "\\f", "\\N", "\\_", "\\L", "\\P"))
_HEADER = re.compile(r"[|>][^\r\n]*")


def place_in(raw: str, quote: str, text: str, offset: int) -> tuple[int, int] | None:
    """The line and the column, both from 0, of the character `offset` of `text`, whose scalar is written as `raw`; None
    when they do not go together. YAML changes nothing but blanks and escapes, so the n-th character that is no blank is
    the n-th one written."""
    spots = list(_spots(raw, quote))
    if len(spots) != sum(not character.isspace() for character in text):
        return None
    before = sum(not character.isspace() for character in text[:offset])
    if offset < len(text) and not text[offset].isspace():
        return _line_and_column(raw, spots[before])
    return _line_and_column(raw, spots[before - 1] + 1 if before else (spots[0] if spots else 0))


def _spots(raw: str, quote: str) -> Iterator[int]:
    """Where each character stands that is no blank."""
    if quote == '"':
        yield from _escaped_spots(raw)
    elif quote == "'":
        yield from (at for at in _single_quoted(raw) if not raw[at].isspace())
    else:
        header = _HEADER.match(raw) if quote in ("|", ">") else None
        start = header.end() if header else 0
        yield from (at for at in range(start, len(raw)) if not raw[at].isspace())


def _single_quoted(raw: str) -> Iterator[int]:
    at = 1
    while at < len(raw) - 1:
        yield at
        at += 2 if raw[at : at + 2] == "''" else 1


def _escaped_spots(raw: str) -> Iterator[int]:
    at = 1
    while at < len(raw) - 1:
        escape = _ESCAPE.match(raw, at)
        if escape is None:
            if not raw[at].isspace():
                yield at
            at += 1
            continue
        written = escape.group()
        if written not in _BLANK_ESCAPES and not written[1].isspace() and not _is_blank(written):
            yield at
        at = escape.end()


def _is_blank(escape: str) -> bool:
    return escape[1] in "xuU" and chr(int(escape[2:], 16)).isspace()


def _line_and_column(raw: str, at: int) -> tuple[int, int]:
    before = raw[:at]
    return before.count("\n"), at - (before.rfind("\n") + 1)
