"""Many records in a CSV file: the header names the fields, the first column is the reference of each record."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from engine.language.files import decoded, legible, read_content
from engine.language.nodes import Entry, Mapping, Place, Scalar
from engine.language.problem_kind import both
from engine.language.problems import Problems

_EMPTY = both("is empty", "为空")
_TWICE = both("is there twice", "重复")
_NOT_REF = both("is not ref", "不是 ref")
_REASONS = {
    "unexpected end of data": both("a quote is never closed", "有引号没有关闭"),
    "',' expected after '\"'": both("text after a closing quote", "结束的引号之后还有文本"),
    "field larger than field limit": both("a cell is too long", "单元格过长"),
}
_UNCLEAR = both("a row breaks the rules of CSV", "有一行不符合 CSV 规则")


@dataclass(frozen=True, slots=True)
class Table:
    """The records of `entity` in one file, as if written in YAML: reference -> fields. Empty cells are left out."""

    name: str
    entity: str
    rows: Mapping


def read_csv(path: Path, name: str, problems: Problems) -> Table | None:
    """Each row with the place of its cells; None, with a problem, when the file cannot be read."""
    data = read_content(path, name, problems)
    text = None if data is None else decoded(data, name, problems)
    return None if text is None else read_table(text, name, problems)


def read_table(text: str, name: str, problems: Problems) -> Table | None:
    clean = legible(text, name, problems)
    if clean is None:
        return None
    start = Place(name, 1, 1)
    rows = list(_rows(clean, name, problems))
    if not rows:
        if not clean.strip():
            problems.add("E102", start)
        return None
    header, *records = rows
    if not _header_fits(header, problems):
        return None
    entries = _entries(header, records, problems)
    return Table(name, PurePosixPath(name).stem, Mapping(start, tuple(entries)))


def _rows(text: str, name: str, problems: Problems) -> Iterator[list[Scalar]]:
    """The cells of every row that is not blank. A fault of the syntax ends the table."""
    lines = text.splitlines(keepends=True)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    before = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            reason = next((text for start, text in _REASONS.items() if str(error).startswith(start)), _UNCLEAR)
            problems.add("E154", Place(name, before + 1, 1), reason=reason)
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield _placed(cells, lines[before], Place(name, before + 1, 1))
        before = reader.line_num


def _placed(cells: list[str], line: str, start: Place) -> list[Scalar]:
    """The cells with their columns; those after a cell of several lines stand where that one begins."""
    placed = []
    column, whole = 1, True
    for cell in cells:
        whole = whole and "\n" not in cell
        quoted = line[column - 1 : column] == '"'
        width = (len(cell) + 2 + cell.count('"') if quoted else len(cell)) if whole else 0
        placed.append(Scalar(Place(start.file, start.line, column), cell.strip(), "", width))
        column += width + 1 if whole else 0
    return placed


def _header_fits(header: list[Scalar], problems: Problems) -> bool:
    seen: set[str] = set()
    fits = True
    for number, cell in enumerate(header, start=1):
        fault = _EMPTY if not cell.text else _TWICE if cell.text in seen else None
        if number == 1 and cell.text != "ref":
            fault = _NOT_REF
        if fault:
            problems.add("E151", cell.place, length=cell.width, column=str(number), fault=fault)
            fits = False
        seen.add(cell.text)
    return fits


def _entries(header: list[Scalar], records: list[list[Scalar]], problems: Problems) -> Iterator[Entry]:
    before: dict[str, Scalar] = {}
    for ref, *cells in records:
        if len(cells) + 1 != len(header):
            problems.add("E152", ref.place, found=str(len(cells) + 1), wanted=str(len(header)))
        elif not ref.text:
            problems.add("E153", ref.place)
        elif ref.text in before:
            problems.add("E412", ref.place, length=ref.width, name=ref.text, other=str(before[ref.text].place))
        else:
            before[ref.text] = ref
            fields = (Entry(key, cell) for key, cell in zip(header[1:], cells, strict=True) if cell.text)
            yield Entry(ref, Mapping(ref.place, tuple(fields)))
