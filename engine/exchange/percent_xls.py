"""The percentages of an Excel 97–2003 workbook, by the number format of each cell.

The file is a small file system (MS-CFB) with one stream of records (MS-XLS, BIFF8): formats, cell styles, where each
sheet begins, and then its cells.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from engine.exchange.percent_marks import Marks, percent_formats

END, ENTRY, SMALL = 0xFFFFFFFA, 128, 4096
EOF, FORMULA, SHEET, MANY, STYLE, NUMBER, PACKED, FORMAT = 0x0A, 0x06, 0x85, 0xBD, 0xE0, 0x0203, 0x027E, 0x041E
Record = tuple[int, bytes]


def in_xls(path: Path, sheet: str) -> Marks:
    try:
        stream = _workbook(path.read_bytes())
        return _marks(stream, sheet)
    except (struct.error, IndexError, ValueError):
        return Marks()


def _workbook(content: bytes) -> bytes:
    """The stream of records. Raises `ValueError` when there is none."""
    shift, tables, first = struct.unpack_from("<H12xI", content, 30) + struct.unpack_from("<I", content, 48)
    size = 1 << shift
    if not 7 < shift < 16 or tables * size > len(content):
        raise ValueError

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    places = list(struct.unpack_from("<109I", content, 76))
    more = struct.unpack_from("<I", content, 68)[0]
    while more < END and len(places) < tables + 200:
        listed = struct.unpack(f"<{size // 4}I", sector(more))
        places += listed[:-1]
        more = listed[-1]
    following: list[int] = []
    for place in places[:tables]:
        following += struct.unpack(f"<{size // 4}I", sector(place))

    def chain(number: int) -> bytes:
        found: list[bytes] = []
        while number < END and len(found) <= len(following):
            found.append(sector(number))
            number = following[number]
        return b"".join(found)

    folder = chain(first)
    for start in range(0, len(folder) - ENTRY + 1, ENTRY):
        length = struct.unpack_from("<H", folder, start + 64)[0]
        name = folder[start : start + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        begin, count = struct.unpack_from("<II", folder, start + 116)
        if name in ("Workbook", "Book") and count >= SMALL:
            return chain(begin)[:count]
    raise ValueError


def _records(stream: bytes, start: int) -> Iterator[Record]:
    """Up to the end of the part that begins there."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        if kind == EOF:
            return
        start += 4 + length


def _marks(stream: bytes, sheet: str) -> Marks:
    codes: dict[int, str] = {}
    styles: list[int] = []
    begins: dict[str, int] = {}
    for kind, data in _records(stream, 0):
        if kind == FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = _text(data[2:], "<H")
        elif kind == STYLE:
            styles.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == SHEET:
            begins[_text(data[6:], "<B")] = struct.unpack_from("<I", data)[0]
    known = percent_formats(codes)
    shown = {place for place, number in enumerate(styles) if number in known}
    found: set[tuple[int, int]] = set()
    if shown and sheet in begins:
        for kind, data in _records(stream, begins[sheet]):
            found.update((row, column) for row, column, style in _cells(kind, data) if style in shown)
    marks = Marks()
    for row, column in sorted(found):
        marks.add(row, column)
    return marks


def _cells(kind: int, data: bytes) -> Iterator[tuple[int, int, int]]:
    """(row, column, style) of the numbers that a record holds."""
    if kind in (NUMBER, PACKED, FORMULA):
        yield struct.unpack_from("<HHH", data)
    elif kind == MANY:
        row, first = struct.unpack_from("<HH", data)
        for place in range((len(data) - 6) // 6):
            yield row, first + place, struct.unpack_from("<H", data, 4 + 6 * place)[0]


def _text(data: bytes, count: str) -> str:
    """A counted text, a flag says whether its characters have two bytes."""
    length, start = struct.unpack_from(count, data)[0], struct.calcsize(count)
    wide = data[start] & 1
    return data[start + 1 : start + 1 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")
