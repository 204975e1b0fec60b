"""Workbooks: what is common to the formats that have sheets of typed cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from engine.exchange.percent_marks import FindMarks, Marks
from engine.exchange.sheet import Cell, Limits, Line, Percentage, ReadOptions, Source
from engine.exchange.unreadable import UnreadableFile

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ERRORS = frozenset(
    ("#N/A", "#DIV/0!", "#REF!", "#NAME?", "#VALUE!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#UNKNOWN!")
)
"""What a formula without a result leaves in its cell."""
SPAN = re.compile(r"PT(\d{1,6})H(\d{1,4})M(?:(\d{1,4}(?:\.\d{1,9})?)S)?", re.ASCII)
"""A time as OpenDocument writes it; one of a day and more is no time of a day."""
EXACT = 2**53
"""Whole numbers a float holds exactly."""


def open_workbook(path: Path, options: ReadOptions, percentages: FindMarks) -> Source:
    """The sheet asked for, else the first one with anything in it. Raises `UnreadableFile`."""
    try:
        workbook = CalamineWorkbook.from_path(path)
        found = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        hidden = [sheet for sheet in found if sheet.visible != SheetVisibleEnum.Visible]
        names = tuple(sheet.name for sheet in (*(sheet for sheet in found if sheet not in hidden), *hidden))
        if options.sheet and options.sheet not in names:
            raise UnreadableFile("no_such_sheet", sheet=options.sheet)
        sheet = _sheet(workbook, (options.sheet,) if options.sheet else names)
    except PasswordError as error:
        raise UnreadableFile("encrypted") from error
    except (CalamineError, OSError) as error:
        raise UnreadableFile("broken") from error
    if sheet is None or sheet.start is None:
        raise UnreadableFile("empty")
    marks = cache(lambda: percentages(path, sheet.name))
    return Source(lambda: _lines(sheet, marks()), sheet=sheet.name, sheets=names, spanned=_spanned(sheet))


def members(path: Path) -> list[zipfile.ZipInfo]:
    """What a packed file holds; nothing when it is broken."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return []


def check_unpacked(path: Path, limits: Limits) -> None:
    """Raises `UnreadableFile` for a packed file that would fill the memory."""
    if sum(member.file_size for member in members(path)) > limits.unpacked:
        raise UnreadableFile("too_large", limit=limits.unpacked // 1024**2)


def _sheet(workbook: CalamineWorkbook, names: Sequence[str]) -> CalamineSheet | None:
    found = (workbook.get_sheet_by_name(name) for name in names)
    return next((sheet for sheet in found if sheet.start is not None), None)


def _lines(sheet: CalamineSheet, marks: Marks) -> Iterator[Line]:
    """Cells from the first column with anything in it. A cell merged over several rows holds for each of them."""
    left = sheet.start[1] if sheet.start else 0
    shown = [(column - left, column) for column in marks.columns if 0 <= column - left < sheet.width]
    down = _merged_down(sheet)
    held: dict[int, tuple[Cell, int]] = {}
    for index, cells in enumerate(sheet.iter_rows()):
        values = [_cell(cell) for cell in cells]
        for place, column in shown:
            value = values[place]
            if isinstance(value, (int, Decimal)) and marks.has(index, column):
                values[place] = Percentage(value)
        for column, last in down.get(index, ()):
            held[column] = (values[column], last)
        for column, (value, last) in tuple(held.items()):
            values[column] = value
            if index >= last:
                del held[column]
        yield index + 1, values


def _spanned(sheet: CalamineSheet) -> frozenset[int]:
    ranges = sheet.merged_cell_ranges or ()
    return frozenset(top + 1 for (top, left), (bottom, right) in ranges if top == bottom and right > left)


def _merged_down(sheet: CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """First row of a merged range -> (column, last row) of those that go over rows; rows count from 0."""
    left = sheet.start[1] if sheet.start else 0
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom > top and 0 <= column - left < sheet.width:
            found.setdefault(top, []).append((column - left, bottom))
    return found


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        text = value.replace("\0", "")
        if text.startswith("PT") and (found := SPAN.fullmatch(text)):
            return timedelta(hours=int(found[1]), minutes=int(found[2]), seconds=float(found[3] or 0))
        return text if text and not text.isspace() and text not in ERRORS else None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) <= EXACT else Decimal(repr(value))
    cell: Cell = value
    return cell
