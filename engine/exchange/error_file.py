"""The rows of a file that were left out, with the reason, to be repaired and loaded again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import islice
from typing import Any

from engine.exchange.cell_text import cell_text
from engine.exchange.export_columns import ExportColumn
from engine.exchange.sheet import Cell, Percentage, Sheet
from engine.exchange.writer import Contents, Writer
from engine.locale.catalogue import message
from engine.records.model import Row

WIDTH, REASON_WIDTH = 140, 420
PAGE = 500
REASON, LINE = "reason", "line"


@dataclass(frozen=True, slots=True)
class ErrorRows:
    """`reasons` by the line of the file."""

    sheet: Sheet
    reasons: Mapping[int, str]
    title: str
    language: str

    def pieces(self, writer: Writer) -> Iterator[bytes]:
        """The file: the columns as they were, then the line and the reason."""
        columns = [*(_column(place, self.sheet.title(place)) for place in range(len(self.sheet.header)))]
        columns += [
            _named(LINE, message("import.line", self.language)),
            _named(REASON, message("import.reason", self.language)),
        ]
        return writer.pieces(
            Contents(self.title, tuple(column.label for column in columns), tuple(columns), self._pages())
        )

    def _pages(self) -> Iterator[Sequence[Row]]:
        rows = (
            {
                **{str(place): cell for place, cell in enumerate(row.cells)},
                LINE: row.line,
                REASON: self.reasons[row.line],
            }
            for row in self.sheet.rows()
            if row.line in self.reasons
        )
        while page := list(islice(rows, PAGE)):
            yield page


def _column(place: int, title: str) -> ExportColumn:
    name = str(place)

    def cell(row: Row) -> Any:
        return _written(row[name])

    return ExportColumn(name, title, WIDTH, cell, cell)


def _named(name: str, label: str) -> ExportColumn:
    def cell(row: Row) -> Any:
        return row[name]

    return ExportColumn(name, label, REASON_WIDTH if name == REASON else WIDTH, cell, cell)


def _written(cell: Cell) -> Any:
    """What is no plain number, day or text as it is typed: a file that is repaired is read as the first one was."""
    return cell_text(cell) if isinstance(cell, (bool, time, timedelta, Percentage)) else cell
