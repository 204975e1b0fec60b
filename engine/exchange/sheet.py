"""A table read from a file: its header, and its rows one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from engine.exchange.unreadable import UnreadableFile


class Percentage(Decimal):
    """A number that a workbook shows as a percentage: 0.2 for 20 %."""


Cell = str | bool | int | Decimal | date | datetime | time | timedelta | None
"""Text is kept as written; what holds nothing but blanks is None. A day without a time is a `date`."""
Line = tuple[int, Sequence[Cell]]
"""A number as spreadsheet programs count rows, from 1, and what stands there."""
LOOKED_AT = 100
"""Lines that decide where the header is and how many columns there are."""
HEADER_WITHIN = 20


class Row(NamedTuple):
    """`cells` are as many as the header has. `beyond`: something stands in columns that the header does not have."""

    line: int
    cells: tuple[Cell, ...]
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    bytes: int = 100 * 1024 * 1024
    rows: int = 1_000_000
    columns: int = 500
    unpacked: int = 1024 * 1024 * 1024
    """Bytes a packed spreadsheet may grow to while it is read."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a file is read; what is empty is found out from the file itself."""

    sheet: str = ""
    """Name of a sheet of a workbook."""
    encoding: str = ""
    """One of `text_files.ENCODINGS`."""
    delimiter: str = ""
    """One of `text_files.DELIMITERS`."""
    header_line: int = 0
    """The number of the line with the titles."""

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> ReadOptions:
        return cls(**{item.name: kept[item.name] for item in fields(cls) if item.name in kept})


@dataclass(frozen=True, slots=True)
class Source:
    """What a format has found in a file, before anything is known of its header."""

    lines: Callable[[], Iterator[Line]]
    """A fresh pass over every line, blank ones too."""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    spanned: frozenset[int] = frozenset()
    """Numbers of the lines with a cell that goes over several columns."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`encoding` and `delimiter` are what a text file is read with, "" for a workbook."""

    format: str
    name: str
    sheets: tuple[str, ...]
    header: tuple[str, ...]
    """As written; "" for a column without a title. Titles may repeat: a column is known by its position."""
    header_line: int
    encoding: str
    delimiter: str
    _lines: Callable[[], Iterator[Line]] = field(repr=False, compare=False)
    _limit: int = field(repr=False, compare=False)
    _counted: list[int] = field(default_factory=list, repr=False, compare=False)
    _mended: Mapping[int, Mapping[int, str]] = field(default_factory=dict, repr=False, compare=False)

    def rows(self, after: int = 0) -> Iterator[Row]:
        """The rows with anything in them that stand below the header and below the line `after`.
        Raises `UnreadableFile` when there are more than the limit."""
        width, start, count = len(self.header), max(self.header_line, after), 0
        for number, cells in self._lines():
            if number <= start or not any(cell is not None for cell in cells):
                continue
            count += 1
            if count > self._limit:
                raise UnreadableFile("too_many_rows", limit=self._limit)
            short = width - len(cells)
            beyond = short < 0 and any(cell is not None for cell in cells[width:])
            row = Row(number, (*cells, *(None,) * short) if short > 0 else tuple(cells[:width]), beyond)
            yield _mended(row, self._mended[number]) if number in self._mended else row

    def mended(self, cells: Mapping[int, Mapping[int, str]]) -> Sheet:
        """The same sheet with other texts in some cells: line -> position -> text, "" for an empty one."""
        return replace(self, _mended=cells) if cells else self

    def count(self) -> int:
        """How many rows there are; counted once."""
        if not self._counted:
            self._counted.append(sum(1 for _ in self.rows()))
        return self._counted[0]

    def title(self, position: int) -> str:
        """The title of a column; its letter for one without."""
        return self.header[position].strip() or letter(position)


def _mended(row: Row, texts: Mapping[int, str]) -> Row:
    cells = (texts[place] or None if place in texts else cell for place, cell in enumerate(row.cells))
    return row._replace(cells=tuple(cells))


def letter(position: int) -> str:
    """A, B … Z, AA: how spreadsheet programs name columns."""
    name, left = "", position + 1
    while left:
        left, digit = divmod(left - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def sheet_of(format_name: str, source: Source, options: ReadOptions, limits: Limits) -> Sheet:
    """Find the header. Raises `UnreadableFile` when there is none, or too many columns."""
    first = list(islice(_filled(source.lines()), LOOKED_AT))
    if not first:
        raise UnreadableFile("empty")
    position = _header_position(first, options.header_line, source.spanned)
    line, cells = first[position]
    header = _titles(cells, [row for _, row in first[position + 1 :]])
    if len(header) > limits.columns:
        raise UnreadableFile("too_many_columns", count=len(header), limit=limits.columns)
    found = source.sheet, source.sheets, header, line, source.encoding, source.delimiter
    return Sheet(format_name, *found, source.lines, limits.rows)


def _filled(lines: Iterator[Line]) -> Iterator[Line]:
    return ((number, cells) for number, cells in lines if any(cell is not None for cell in cells))


def _header_position(first: Sequence[Line], wanted: int, spanned: frozenset[int]) -> int:
    """The line asked for, else the first one that is about as full as most: a heading above it is not, nor are titles
    that stand over several others."""
    if wanted:
        found = next((place for place, (number, _) in enumerate(first) if number == wanted), None)
        if found is None:
            raise UnreadableFile("no_header", line=wanted)
        return found
    counts = [sum(cell is not None for cell in cells) for _, cells in first[:HEADER_WITHIN]]
    usual = sorted(counts)[len(counts) // 2]
    place = next(place for place, count in enumerate(counts) if 2 * count >= usual)
    while first[place][0] in spanned and place + 1 < len(counts) and counts[place + 1] > counts[place]:
        place += 1
    return place


def _titles(cells: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """One title for each column; a column to the right without a title is one when most rows have something in it."""
    titles = ["" if cell is None else str(cell) for cell in cells]
    while titles and not titles[-1] and not any(_at(row, len(titles) - 1) for row in below):
        titles.pop()
    while below and 2 * sum(_at(row, len(titles)) for row in below) > len(below):
        titles.append("")
    return tuple(titles)


def _at(row: Sequence[Cell], position: int) -> bool:
    return position < len(row) and row[position] is not None
