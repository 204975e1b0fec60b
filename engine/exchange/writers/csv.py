"""Comma-separated values, which every program reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from engine.exchange.formulas import neutralised
from engine.exchange.writer import ENCODINGS, Contents, Writer
from engine.locale.text import Text
from engine.schema.field_type import SheetValue

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells Excel that a file is UTF-8; without it Chinese opens as nonsense."""


class Csv(Writer):
    name = "csv"
    label = Text.of({"en": "CSV", "zh-CN": "CSV"})
    help = Text.of({"en": "Plain text for other programs", "zh-CN": "供其他程序读取的纯文本"})
    media_type = "text/csv"
    order = 2
    encodings = ENCODINGS

    def pieces(self, contents: Contents) -> Iterator[bytes]:
        encoding = contents.encoding or ENCODINGS[0]
        yield (BOM if encoding == "utf-8" else "").encode(encoding) + _lines([contents.headers], encoding)
        cells = [column.cell for column in contents.columns]
        for page in contents.pages:
            yield _lines(([cell(row) for cell in cells] for row in page), encoding)


def _lines(rows: Iterable[Iterable[Any]], encoding: str) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([_written(value) for value in row] for row in rows)
    return text.getvalue().encode(encoding, "replace")


def _written(value: SheetValue | None) -> str:
    match value:
        case None:
            return ""
        case str():
            return neutralised(value)
        case datetime():
            whole = not (value.second or value.microsecond)
            return value.isoformat(" ", "minutes" if whole else "auto")
    return str(value)
