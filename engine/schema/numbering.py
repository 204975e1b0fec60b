"""How records are numbered: a format such as `INV-{yyyy}-{seq:5}`, the counter a day belongs to, the order of numbers.

A part in braces is a number of the day in the workspace's time zone or the sequence, `{seq}`, padded with zeros to its
width. The sequence begins again with 1 when one of the parts of the day has another value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from engine.language.problem_kind import both
from engine.locale.text import Text

DAY = {"yyyy": "%Y", "yy": "%y", "mm": "%m", "dd": "%d"}
SEQUENCE = "seq"
WIDEST = 12
LONGEST = 60
_PART = re.compile(r"\{([^{}]*)\}")
_WIDTH = re.compile(r"seq:([1-9][0-9]?)")
_BY_SIZE = (("yyyy", "yy"), ("mm",), ("dd",))
_KNOWN = both("{seq}, {seq:5}, {yyyy}, {yy}, {mm} and {dd}", "{seq}、{seq:5}、{yyyy}、{yy}、{mm} 和 {dd}")


class FormatRefused(ValueError):
    """A text is no format of numbers; `message` says why, as the end of a sentence."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.in_("en"))
        self.message = message


@dataclass(frozen=True, slots=True)
class Numbering:
    """`pieces` alternate: a text, the name of a part, a text and so on. `width` pads the sequence."""

    pieces: tuple[str, ...]
    width: int = 1
    gap_free: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        return self.pieces[1::2]

    def period(self, day: date) -> str:
        """The counter that the day belongs to: `2026-03` for a format with a year and a month, `` without a day."""
        return "-".join(_of_day(name, day) for names in _BY_SIZE for name in names[:1] if set(names) & set(self.parts))

    def text(self, day: date, number: int) -> str:
        """The number of a record, as people read it."""
        written = {name: _of_day(name, day) for name in DAY} | {SEQUENCE: str(number).zfill(self.width)}
        return "".join(written[piece] if place % 2 else piece for place, piece in enumerate(self.pieces))

    def key(self, text: str) -> str:
        """A text whose order is that of the days, then of the sequence. A number that was given in another format
        than this one is ordered by the digits in it."""
        found = _pattern(self.pieces).fullmatch(text)
        if found is None:
            return "".join(re.findall(r"[0-9]", text)).zfill(8 + WIDEST + 3)
        years = [found[f"p{place}"] for place, name in enumerate(self.parts) if name in ("yyyy", "yy")]
        rest = [_first(found, self.parts, name) for name in ("mm", "dd")]
        sequence = _first(found, self.parts, SEQUENCE)
        return f"{(years or [''])[0].zfill(4)}{rest[0].zfill(2)}{rest[1].zfill(2)}{sequence.zfill(WIDEST + 3)}"


@lru_cache(maxsize=256)
def read_numbering(text: str, gap_free: bool = False) -> Numbering:
    """Raises `FormatRefused` for a part that is not known, a brace of its own, or other than one sequence."""
    if len(text) > LONGEST:
        raise FormatRefused(both(f"it is longer than {LONGEST} characters", f"超过 {LONGEST} 个字符"))
    pieces, width = _PART.split(text), 1
    if any("{" in piece or "}" in piece for piece in pieces[::2]):
        raise FormatRefused(both("a brace is never closed or never opened", "有未配对的大括号"))
    for place in range(1, len(pieces), 2):
        if wide := _WIDTH.fullmatch(pieces[place]):
            pieces[place], width = SEQUENCE, int(wide[1])
        if pieces[place] not in DAY and pieces[place] != SEQUENCE:
            raise FormatRefused(_unknown(pieces[place]))
    if pieces.count(SEQUENCE) != 1:
        raise FormatRefused(both("it needs {seq} once: that is what counts", "必须恰好包含一个 {seq}，用于计数"))
    if width > WIDEST:
        raise FormatRefused(both(f"{{seq}} has at most {WIDEST} digits", f"{{seq}} 最多 {WIDEST} 位"))
    return Numbering(tuple(pieces), width, gap_free)


def _unknown(part: str) -> Text:
    en, zh = _KNOWN.in_("en"), _KNOWN.in_("zh-CN")
    return both(f"{{{part}}} is no part of a number; there are {en}", f"编号中没有 {{{part}}} 这个部分；可用的有 {zh}")


def _of_day(name: str, day: date) -> str:
    """`strftime` does not pad years before 1000 everywhere."""
    return f"{day.year:04}" if name == "yyyy" else day.strftime(DAY[name])


def _first(found: re.Match[str], parts: tuple[str, ...], name: str) -> str:
    return found[f"p{parts.index(name)}"] if name in parts else ""


@lru_cache(maxsize=256)
def _pattern(pieces: tuple[str, ...]) -> re.Pattern[str]:
    """Two parts may stand side by side: each of the day has a fixed number of digits."""
    written = (_digits(piece, place // 2) if place % 2 else re.escape(piece) for place, piece in enumerate(pieces))
    return re.compile("".join(written))


def _digits(name: str, place: int) -> str:
    count = "+" if name == SEQUENCE else f"{{{len(name)}}}"
    return f"(?P<p{place}>[0-9]{count})"
