"""Workbooks of several sheets, as people keep them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.exchange.sheets import EXCEL, Rows

CLIENTS = (
    *("Client ID", "Company", "E-mail", "Phone", "Website", "Industry", "Employees", "Annual revenue", "Discount"),
    *("Active", "Notes", "Tags", "Since", "Postcode"),
)
ORDERS = ("Order no", "Client", "Ordered at", "Amount", "Status", "Quantity", "class")


def clients_and_orders() -> dict[str, Rows]:
    """Twelve clients and thirty orders that name them."""
    clients = [
        (
            f"C-{n:03}",
            f"Firm {n} Ltd",
            f"office@firm{n}.example.com",
            f"+1 617 555 {1000 + n}",
            f"https://firm{n}.example.com",
            ("Software", "Retail", "Food")[n % 3],
            n * 10,
            f"${n},000.50",
            f"{n}%",
            ("Yes", "No")[n % 2],
            "Long. " * 40 if n == 4 else "Short",
            ("vip, north", "north", "vip")[n % 3],
            date(2020, 1, n),
            f"0{2000 + n}",
        )
        for n in range(1, 13)
    ]
    start = datetime(2026, 1, 1, 9, 30)
    orders = [
        (
            f"2026-{n:04}",
            f"Firm {n % 12 + 1} Ltd",
            start + timedelta(days=n),
            n * 100.25,
            ("Open", "Paid", "Sent")[n % 3],
            n,
            ("a", "b")[n % 2],
        )
        for n in range(1, 31)
    ]
    return {"Clients": [CLIENTS, *clients], "Orders": [ORDERS, *orders], "Sheet3": []}


def write_book(path: Path, sheets: Mapping[str, Rows]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        formats = {kind: book.add_format({"num_format": pattern}) for kind, pattern in EXCEL.items()}
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for column, value in enumerate(row):
                    _write(sheet, line, column, value, formats)
    return path


def _write(sheet: Any, line: int, column: int, value: Any, formats: Mapping[type, Any]) -> None:
    if type(value) in formats:
        sheet.write_datetime(line, column, value, formats[type(value)])
    elif isinstance(value, str):
        sheet.write_string(line, column, value)
    elif value is not None:
        sheet.write(line, column, value)
