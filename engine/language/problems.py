"""What is wrong in a blueprint: collected during a run, sorted by place, told in English or Chinese."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.language.nodes import Place
from engine.language.problem_kind import ProblemKind, Severity, both
from engine.language.problem_kinds import KINDS
from engine.locale.text import Text

__all__ = ["Place", "Problem", "ProblemKind", "Problems", "Severity", "nearest"]

_BREAK = re.compile(r"\r\n|\r|\n")
_DID_YOU_MEAN = both('did you mean "{near}"?', "是不是想写“{near}”？")
_SEPARATOR = both("; ", "；")
_SHOWN = 120

Values = Mapping[str, str | Text]


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `word`, if any is like it at all."""
    by_folded = {candidate.casefold(): candidate for candidate in candidates}
    found = difflib.get_close_matches(word.casefold()[:80], by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. `length` is how many characters are underlined, `quoted` the source line it stands in."""

    kind: ProblemKind
    place: Place
    values: tuple[tuple[str, str | Text], ...] = ()
    near: str | None = None
    length: int = 0
    quoted: str = ""

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def severity(self) -> Severity:
        return self.kind.severity

    def message(self, language: str = "en") -> str:
        return self._filled(self.kind.message, language)

    def hint(self, language: str = "en") -> str | None:
        """What to do: the near name, else the advice of the kind."""
        if self.near is not None:
            return _DID_YOU_MEAN.in_(language).format(near=self.near)
        return self._filled(self.kind.hint, language) if self.kind.hint else None

    def line(self, language: str = "en") -> str:
        parts = [self.message(language), self.hint(language)]
        return f"{self.place} {self.code} " + _SEPARATOR.in_(language).join(part for part in parts if part)

    def full(self, language: str = "en") -> str:
        """The line, the quoted source line and a row of carets under the fault."""
        if not self.quoted.strip():
            return self.line(language)
        number = str(self.place.line)
        start = max(0, self.place.column - 1 - _SHOWN // 2) if len(self.quoted) > _SHOWN else 0
        shown = _printable(self.quoted[start : start + _SHOWN].replace("\t", " "))
        before = shown[: self.place.column - 1 - start]
        under = shown[len(before) : len(before) + max(1, self.length)] or " "
        margin = " " * len(number)
        carets = " " * _columns(before) + "^" * _columns(under)
        return f"{self.line(language)}\n  {number} | {shown}\n  {margin} | {carets}"

    def as_json(self, language: str = "en") -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "message": self.message(language),
            "hint": self.hint(language),
        }

    def _filled(self, text: Text, language: str) -> str:
        values = {name: value.in_(language) if isinstance(value, Text) else value for name, value in self.values}
        return text.in_(language).format_map(values)


def _printable(text: str) -> str:
    """Without what a terminal might obey."""
    return text if text.isprintable() else "".join(letter if letter.isprintable() else "�" for letter in text)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


class Problems:
    """The problems of one run. True when there is an error; iteration is by place."""

    def __init__(self) -> None:
        self._found: dict[tuple[Place, str, tuple[tuple[str, str | Text], ...]], Problem] = {}
        self._texts: dict[str, str] = {}
        self._lines: dict[str, list[str]] = {}

    def remember(self, file: str, text: str) -> None:
        """Keep the text of a file, so that problems in it can quote their line."""
        self._texts[file] = text
        self._lines.pop(file, None)

    def add(self, code: str, place: Place, *, near: str | None = None, length: int = 0, **values: str | Text) -> None:
        """Note a problem. Raises `TypeError` when `values` do not fill the slots of its texts."""
        self.note(code, place, values, near=near, length=length)

    def note(self, code: str, place: Place, values: Values, *, near: str | None = None, length: int = 0) -> None:
        """Like `add`, with the values of the slots in a mapping."""
        kind = KINDS[code]
        if missing := kind.slots - values.keys():
            raise TypeError(f"{code} needs {', '.join(sorted(missing))}")
        given = tuple(sorted((name, _shortened(value)) for name, value in values.items() if name in kind.slots))
        problem = Problem(kind, place, given, near, length, self._quoted(place))
        self._found.setdefault((place, code, given), problem)

    def _quoted(self, place: Place) -> str:
        if place.file not in self._lines:
            self._lines[place.file] = _BREAK.split(self._texts.get(place.file, ""))
        lines = self._lines[place.file]
        return lines[place.line - 1] if place.line <= len(lines) else ""

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self if problem.severity == "warning")

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found.values(), key=lambda problem: (problem.place, problem.code)))

    def __len__(self) -> int:
        return len(self._found)

    def __bool__(self) -> bool:
        return any(problem.severity == "error" for problem in self._found.values())

    def lines(self, language: str = "en") -> tuple[str, ...]:
        return tuple(problem.line(language) for problem in self)


def _shortened(value: str | Text) -> str | Text:
    if isinstance(value, Text):
        return value
    text = _printable(" ".join(value.split()))
    return text if len(text) <= 80 else text[:79] + "…"
