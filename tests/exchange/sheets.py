"""Files the tests make: the same table in every format."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

Rows = Sequence[Sequence[Any]]
EXCEL = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss", time: "hh:mm:ss"}


def write_csv(path: Path, rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    return path


def write_xlsx(path: Path, rows: Rows, **options: Any) -> Path:
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet()
        formats = {kind: book.add_format({"num_format": pattern}) for kind, pattern in EXCEL.items()}
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if type(value) in EXCEL:
                    sheet.write_datetime(line, column, value, formats[type(value)])
                elif isinstance(value, str):
                    sheet.write_string(line, column, value)
                elif value is not None:
                    sheet.write(line, column, value)
    return path


def write_xls(path: Path, rows: Rows) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    styles = {kind: xlwt.easyxf(num_format_str=pattern) for kind, pattern in EXCEL.items()}
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                plain = float(value) if isinstance(value, Decimal) else value
                sheet.write(line, column, plain, styles.get(type(value), xlwt.XFStyle()))
    book.save(str(path))
    return path


def write_ods(path: Path, rows: Rows) -> Path:
    document, table = OpenDocumentSpreadsheet(), Table(name="Sheet1")
    for row in rows:
        line = TableRow()
        for value in row:
            line.addElement(_ods_cell(value))
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def _ods_cell(value: Any) -> TableCell:
    match value:
        case None:
            return TableCell()
        case bool():
            return TableCell(valuetype="boolean", booleanvalue=str(value).lower())
        case int() | float() | Decimal():
            return TableCell(valuetype="float", value=str(value))
        case date():
            return TableCell(valuetype="date", datevalue=value.isoformat())
        case time():
            return TableCell(valuetype="time", timevalue=f"PT{value:%H}H{value:%M}M{value:%S}S")
    cell = TableCell(valuetype="string")
    for paragraph in str(value).split("\n"):
        cell.addElement(P(text=paragraph))
    return cell


WRITERS = {"csv": write_csv, "xlsx": write_xlsx, "xls": write_xls, "ods": write_ods}
