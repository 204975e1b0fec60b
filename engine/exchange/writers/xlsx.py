"""A workbook of Excel, with numbers and days as such; texts are texts, whatever they begin with."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from engine.exchange.writer import Contents, Writer
from engine.locale.text import Text
from engine.schema.field_type import SheetValue

LONGEST = 32_767
"""Characters of a cell."""
MOST = 1_048_575
"""Records of one sheet, beside its header; what is beyond goes to the next one."""
EXACT = 15
"""Digits that the numbers of Excel keep; a longer one is written as a text."""
EPOCH = 1900
NAME = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
PIECE = 64 * 1024
PIXELS = 7
"""Of one unit of width."""
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Xlsx(Writer):
    name = "xlsx"
    label = Text.of({"en": "Excel", "zh-CN": "Excel"})
    help = Text.of({"en": "With real numbers and dates", "zh-CN": "数字和日期可直接计算"})
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    order = 1

    def pieces(self, contents: Contents) -> Iterator[bytes]:
        """Nothing before everything is written: the end of a workbook says where its parts are."""
        with tempfile.TemporaryFile() as file:
            _fill(file, contents)
            file.seek(0)
            while piece := file.read(PIECE):
                yield piece


def _fill(file: IO[bytes], contents: Contents) -> None:
    with Workbook(file, OPTIONS) as book:
        sheets = _Sheets(book, contents)
        for page in contents.pages:
            for row in page:
                sheets.add([column.cell(row) for column in contents.columns])
        sheets.finish()


class _Sheets:
    """The sheets of one workbook, each with the header; rows are written one below the other."""

    def __init__(self, book: Workbook, contents: Contents) -> None:
        self._book, self._contents, self._number, self._line = book, contents, 0, 0
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": False})
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})
        formats = {column.number_format for column in contents.columns} - {""}
        numbers = {written: book.add_format({"num_format": written}) for written in sorted(formats)}
        self._numbers = [numbers.get(column.number_format) for column in contents.columns]
        self._sheet = self._begin()

    def add(self, cells: list[SheetValue | None]) -> None:
        if self._line == MOST:
            self.finish()
            self._sheet = self._begin()
        self._line += 1
        for position, value in enumerate(cells):
            if value is not None:
                self._write(position, value)

    def finish(self) -> None:
        """Offer to filter what was written."""
        if self._contents.columns:
            self._sheet.autofilter(0, 0, self._line, len(self._contents.columns) - 1)

    def _begin(self) -> Worksheet:
        self._number, self._line = self._number + 1, 0
        sheet = self._book.add_worksheet(_sheet_name(self._contents.title, self._number))
        sheet.freeze_panes(1, 0)
        for position, column in enumerate(self._contents.columns):
            sheet.set_column(position, position, column.width / PIXELS)
        for position, header in enumerate(self._contents.headers):
            sheet.write_string(0, position, header, self._head)
        return sheet

    def _write(self, position: int, value: SheetValue) -> None:
        line, sheet = self._line, self._sheet
        if isinstance(value, date) and value.year >= EPOCH:
            form = self._moment if isinstance(value, datetime) else self._day
            sheet.write_datetime(line, position, value, form)
        elif isinstance(value, (int, Decimal)) and _digits(value) <= EXACT:
            sheet.write_number(line, position, value, self._numbers[position])
        else:
            sheet.write_string(line, position, _cut(str(value)))


def _digits(value: int | Decimal) -> int:
    return len(Decimal(value).normalize().as_tuple().digits)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _sheet_name(title: str, number: int) -> str:
    """What Excel takes: few characters and some never; another number for each sheet."""
    end = f" ({number})" if number > 1 else ""
    plain = FORBIDDEN.sub(" ", title).strip(" '")[: NAME - len(end)].strip(" '")
    return f"{plain}{end}" if plain and plain.lower() != "history" else f"Export{end}"
