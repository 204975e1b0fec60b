"""Cells that a workbook shows as percentages: 0.2 stands there for 20 %."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

BUILT_IN = {9: "0%", 10: "0.00%"}
"""Number formats of Excel that no file spells out."""
LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]')


@dataclass(slots=True)
class Marks:
    """Rows and columns count from 0. Rows of a column are given in rising order."""

    _first: dict[int, list[int]] = field(default_factory=dict)
    _last: dict[int, list[int]] = field(default_factory=dict)

    def add(self, row: int, column: int, rows: int = 1) -> None:
        first, last = self._first.setdefault(column, []), self._last.setdefault(column, [])
        if last and row == last[-1] + 1:
            last[-1] = row + rows - 1
        else:
            first.append(row)
            last.append(row + rows - 1)

    def has(self, row: int, column: int) -> bool:
        if column not in self._first:
            return False
        place = bisect_right(self._first[column], row) - 1
        return place >= 0 and row <= self._last[column][place]

    @property
    def columns(self) -> Iterable[int]:
        return self._first


FindMarks = Callable[[Path, str], Marks]
"""The marks of a sheet, by its name; none for a file that is not as it should be."""


def shows_percent(code: str) -> bool:
    """Whether a number format multiplies by 100: its % is no quoted or escaped sign."""
    return "%" in LITERAL.sub("", code)


def percent_formats(codes: Mapping[int, str]) -> set[int]:
    """The numbers of those formats of a file, with the built-in ones, that show percentages."""
    return {number for number, code in (BUILT_IN | dict(codes)).items() if shows_percent(code)}
