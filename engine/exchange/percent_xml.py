"""The percentages of workbooks that are packed XML: XLSX by the style of each cell, ODS by its kind of value."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

from engine.exchange.percent_marks import Marks, percent_formats

Start = Callable[[str, Mapping[str, str]], None]
MOST_ROWS, MOST_COLUMNS = 2**20, 2**14
CHUNK = 1 << 20
PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
PERCENTAGE = b'"percentage"'


def in_xlsx(path: Path, sheet: str) -> Marks:
    marks = Marks()
    try:
        with zipfile.ZipFile(path) as archive:
            styles = _percent_styles(archive)
            member = _member(archive, sheet) if styles else None
            if member is not None:
                with archive.open(member) as stream:
                    _parse(stream, _Cells(marks, styles).start)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, ExpatError):
        return Marks()
    return marks


def in_ods(path: Path, sheet: str) -> Marks:
    marks = Marks()
    try:
        with zipfile.ZipFile(path) as archive:
            with archive.open("content.xml") as stream:
                if not _holds(stream, PERCENTAGE):
                    return marks
            with archive.open("content.xml") as stream:
                _parse(stream, _Table(marks, sheet).start)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, ExpatError):
        return Marks()
    return marks


def _parse(stream: IO[bytes], start: Start) -> None:
    """Every element is told with its plain name; a file that declares entities is not read."""
    parser = ParserCreate()

    def refuse(*_: object) -> None:
        raise ValueError

    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EntityDeclHandler = refuse
    parser.ParseFile(stream)


def _percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """The numbers of the cell styles that show percentages, as they are written."""
    codes: dict[int, str] = {}
    styles: list[int] = []
    group = [""]

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "xf" and group[0] == "cellXfs":
            styles.append(int(attributes.get("numFmtId", "0")))
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            group[0] = name

    with archive.open("xl/styles.xml") as stream:
        _parse(stream, start)
    known = percent_formats(codes)
    return {str(place) for place, number in enumerate(styles) if number in known}


def _member(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Where a sheet is kept."""
    keys: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheets(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            key = next((value for title, value in attributes.items() if title.endswith(":id")), "")
            keys[attributes.get("name", "")] = key

    def relations(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            targets[attributes["Id"]] = attributes["Target"]

    for member, start in (("xl/workbook.xml", sheets), ("xl/_rels/workbook.xml.rels", relations)):
        with archive.open(member) as stream:
            _parse(stream, start)
    target = targets.get(keys.get(sheet, ""))
    if target is None:
        return None
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


class _Cells:
    """The cells of a sheet of XLSX; a place that is not written is the next one."""

    def __init__(self, marks: Marks, styles: set[str]) -> None:
        self._marks, self._styles = marks, styles
        self._row, self._column = -1, -1

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 2)) - 1, -1
        elif name == "c":
            place = PLACE.fullmatch(attributes.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            if attributes.get("s") in self._styles:
                self._marks.add(self._row, self._column)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class _Table:
    """The cells of a table of ODS; alike rows and cells are written once, with how often they stand there."""

    def __init__(self, marks: Marks, sheet: str) -> None:
        self._marks, self._sheet = marks, sheet
        self._here = False
        self._row, self._rows, self._column = 0, 0, 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table":
            self._here = attributes.get("table:name") == self._sheet
            self._row, self._rows, self._column = 0, 0, 0
        elif self._here and name == "table-row":
            self._row, self._column = self._row + self._rows, 0
            self._rows = min(int(attributes.get("table:number-rows-repeated", "1")), MOST_ROWS)
        elif self._here and name in ("table-cell", "covered-table-cell"):
            count = min(int(attributes.get("table:number-columns-repeated", "1")), MOST_COLUMNS)
            if attributes.get("office:value-type") == "percentage":
                for column in range(self._column, min(self._column + count, MOST_COLUMNS)):
                    self._marks.add(self._row, column, self._rows)
            self._column += count


def _holds(stream: IO[bytes], wanted: bytes) -> bool:
    before = b""
    while part := stream.read(CHUNK):
        if wanted in before + part:
            return True
        before = part[-len(wanted) :]
    return False
