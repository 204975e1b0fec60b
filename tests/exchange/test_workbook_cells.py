"""Cells as spreadsheet programs keep them: percentages, spans, results of formulas, cells that hold an error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from engine.exchange.cell_text import cell_text
from engine.exchange.column_facts import facts_of
from engine.exchange.column_reader import ColumnReader
from engine.exchange.error_file import ErrorRows
from engine.exchange.field_types import field_types
from engine.exchange.inference import guess_column
from engine.exchange.percent_marks import Marks, shows_percent
from engine.exchange.percent_xls import in_xls
from engine.exchange.percent_xml import in_ods, in_xlsx
from engine.exchange.plan import ColumnMap
from engine.exchange.reading import read
from engine.exchange.sheet import Cell, Percentage, ReadOptions
from engine.exchange.writer import writers
from engine.schema.field_type import ValueRefused
from tests.contracts.test_field_types import FORMATS, field_of


def xlsx(path: Path) -> Path:
    with xlsxwriter.Workbook(path.with_suffix(".xlsx")) as book:
        book.add_worksheet("Other").write(0, 0, 0.5, book.add_format({"num_format": "0%"}))
        sheet = book.add_worksheet("Sales & more")
        plain, part = (book.add_format({"num_format": code}) for code in ("0.0", "0.0%"))
        long, ours = (book.add_format({"num_format": code}) for code in ("[h]:mm", 'General"%"'))
        sheet.write_row(1, 1, ["Name", "Share", "Sum", "Hours", "Error", "Own"])
        for line, share in ((2, 0.2), (3, 0.125)):
            sheet.write(line, 1, f"Row {line}")
            sheet.write(line, 2, share, part)
            sheet.write_formula(line, 3, "=C3*3", plain, share * 3)
            sheet.write(line, 4, 1.5, long)
            sheet.write_formula(line, 5, "=NA()", None, "#N/A")
            sheet.write(line, 6, 20, ours)
    return path.with_suffix(".xlsx")


def xls(path: Path) -> Path:
    book = xlwt.Workbook()
    part, ours, long = (xlwt.easyxf(num_format_str=code) for code in ("0.0%", 'General"%"', "[h]:mm"))
    book.add_sheet("Other").write(0, 0, 0.5, part)
    sheet = book.add_sheet("Sales & more")
    for column, title in enumerate(["Name", "Share", "Sum", "Hours", "Error", "Own"], 1):
        sheet.write(1, column, title)
    for line, share in ((2, 0.2), (3, 0.125)):
        for column, value, style in ((2, share, part), (3, share * 3, None), (4, 1.5, long), (6, 20, ours)):
            sheet.write(line, column, value, *([style] if style else []))
        sheet.write(line, 1, f"Row {line}")
    book.save(str(path.with_suffix(".xls")))
    return path.with_suffix(".xls")


def ods(path: Path) -> Path:
    book = OpenDocumentSpreadsheet()
    for name, lines in (("Other", 1), ("Sales & more", 2)):
        table = Table(name=name)
        table.addElement(TableRow())
        table.addElement(_row(*(_cell("string", title) for title in ("Name", "Share", "Sum", "Hours", "Error", "Own"))))
        for line, share in ((2, "0.2"), (3, "0.125"))[:lines]:
            sums, own = _cell("float", f"{float(share) * 3}"), _cell("float", "20")
            error, hours = _cell("string", "#DIV/0!"), _cell("time", "PT36H00M00S")
            table.addElement(_row(_cell("string", f"Row {line}"), _cell("percentage", share), sums, hours, error, own))
        book.spreadsheet.addElement(table)
    book.save(str(path.with_suffix(".ods")))
    return path.with_suffix(".ods")


def _row(*cells: TableCell) -> TableRow:
    row = TableRow()
    for cell in (TableCell(), *cells):
        row.addElement(cell)
    return row


def _cell(kind: str, value: str) -> TableCell:
    given: dict[str, Any] = {"timevalue": value} if kind == "time" else {} if kind == "string" else {"value": value}
    cell = TableCell(valuetype=kind, **given)
    cell.addElement(P(text=value))
    return cell


BOOKS = {"xlsx": xlsx, "xls": xls, "ods": ods}


@pytest.mark.parametrize("name", BOOKS)
def test_cells_are_what_the_workbook_shows(name: str, tmp_path: Path) -> None:
    sheet = read(BOOKS[name](tmp_path / "book"), ReadOptions(sheet="Sales & more"))
    rows = [row.cells for row in sheet.rows()]
    assert sheet.header == ("Name", "Share", "Sum", "Hours", "Error", "Own")
    span = timedelta(days=1, hours=12)
    assert rows[0] == ("Row 2", Decimal("0.2"), Decimal("0.6000000000000001"), span, None, 20)
    assert [cell_text(cell) for cell in rows[1]] == ["Row 3", "12.5%", "0.375", "36:00", "", "20"]
    assert [type(row[1]) for row in rows] == [Percentage] * 2 and type(rows[1][2]) is Decimal


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rows_left_out_are_read_again_as_they_were(kind: str, tmp_path: Path) -> None:
    sheet = read(xlsx(tmp_path / "book"), ReadOptions(sheet="Sales & more"))
    made = b"".join(ErrorRows(sheet, {4: "why"}, "Left", "en").pieces(writers()[kind]))
    (tmp_path / "again").write_bytes(made)
    (row,) = read(tmp_path / "again").rows()
    assert [cell_text(cell) for cell in row.cells] == ["Row 3", "12.5%", "0.375", "36:00", "", "20", "4", "why"]


@pytest.mark.parametrize("name", BOOKS)
def test_a_column_of_percentages_becomes_a_field_of_them(name: str, tmp_path: Path) -> None:
    facts = facts_of(read(BOOKS[name](tmp_path / "book"), ReadOptions(sheet="Sales & more")))
    guess = guess_column(next(each for each in facts if each.header == "Share"), FORMATS)
    assert (guess.type, dict(guess.settings), guess.misfits) == ("percent", {"scale": 2}, ())


def value_of(type_name: str, cell: Cell, **options: Any) -> Any:
    return ColumnReader(ColumnMap(0, field="f"), field_of(field_types()[type_name], options), FORMATS).read(cell)


@pytest.mark.parametrize(
    ("type_name", "cell", "value"),
    [
        ("percent", Percentage("0.2"), Decimal("20.00")),
        ("percent", Percentage(1), Decimal("100.00")),
        ("percent", Percentage("0.3333333333333333"), Decimal("33.33")),
        ("percent", 20, Decimal("20.00")),
        ("percent", "20 %", Decimal("20.00")),
        ("decimal", Percentage("0.2"), Decimal("0.20")),
        ("text", Percentage("0.2"), "20%"),
        ("money", Decimal("0.30000000000000004"), Decimal("0.30")),
        ("date", 46000, date(2025, 12, 9)),
        ("duration", timedelta(hours=36, minutes=30), 36 * 60 + 30),
        ("boolean", True, True),
    ],
)
def test_a_cell_is_read_as_its_field_needs_it(type_name: str, cell: Cell, value: Any) -> None:
    options = {"scale": 2} if type_name == "decimal" else {"currency": "EUR"} if type_name == "money" else {}
    assert value_of(type_name, cell, **options) == value


def test_what_somebody_typed_is_not_rounded() -> None:
    with pytest.raises(ValueRefused, match="decimal places"):
        value_of("percent", Percentage("0.12345"))
    with pytest.raises(ValueRefused, match="decimal places"):
        value_of("percent", "33.333333333333")
    with pytest.raises(ValueRefused, match="whole number"):
        value_of("integer", Decimal("3.0000000000000004"))


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ("0%", True), ("#,##0.0 %;[Red]-0 %", True), ('General"%"', False), ("0\\%", False), ("@", False),
        ('0 "of 100%', False), ("[$-409]0.00%", True), ("_%0", False),
    ],
)  # fmt: skip
def test_a_sign_that_is_only_written_is_no_percentage(code: str, shows: bool) -> None:
    assert shows_percent(code) is shows


def test_repeated_and_covered_cells_keep_the_places_right(tmp_path: Path) -> None:
    book, table = OpenDocumentSpreadsheet(), Table(name="S")
    row = TableRow(numberrowsrepeated=3)
    for cell in (
        _cell("string", "a"),
        CoveredTableCell(),
        TableCell(valuetype="percentage", value="0.5", numbercolumnsrepeated=2),
    ):
        row.addElement(cell)
    table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(tmp_path / "r.ods"))
    marks = in_ods(tmp_path / "r.ods", "S")
    assert [[marks.has(row, column) for column in range(5)] for row in (0, 2, 3)] == [
        [False, False, True, True, False],
        [False, False, True, True, False],
        [False] * 5,
    ]


@pytest.mark.parametrize("find", [in_xlsx, in_xls, in_ods])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600])
def test_a_broken_file_has_no_percentages(find: Callable[[Path, str], Marks], content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken"
    path.write_bytes(content)
    assert list(find(path, "S").columns) == []
