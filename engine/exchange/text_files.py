"""Text with delimiters: which encoding, which delimiter, and its records one after the other."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from engine.exchange.formulas import restored
from engine.exchange.sheet import Cell, Line
from engine.exchange.unreadable import UnreadableFile

ENCODINGS: Mapping[str, str] = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030 (GBK)",
    "big5": "Big5",
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251",
    "shift_jis": "Shift JIS",
    "euc_kr": "EUC-KR",
    "utf-16": "UTF-16",
}
"""What a person may choose, with its usual name."""
DELIMITERS = (",", ";", "\t", "|")
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LONGEST_CELL = 1024 * 1024
"""Characters; a quotation mark that is never closed makes a cell of the rest of the file."""
BLOCK = 256 * 1024
LOOKED_AT = 50
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1a\x1b\x00") | {127}


def is_text(start: bytes) -> bool:
    """Whether bytes are those of a text. Single zero bytes are let through: some programs leave them."""
    if start.startswith(BOMS[1][0]) or start.startswith(BOMS[2][0]):
        return True
    odd = sum(byte in _CONTROLS for byte in start)
    return 50 * odd + 5 * start.count(0) <= len(start)


def guess_encoding(path: Path) -> str:
    """A byte order mark, else UTF-8, else GB18030, else Windows-1252: the first that fits the whole file."""
    with path.open("rb") as stream:
        start = stream.read(4)
    marked = next((encoding for mark, encoding in BOMS if start.startswith(mark)), None)
    return marked or next((encoding for encoding in ("utf-8", "gb18030") if _fits(path, encoding)), "cp1252")


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as stream:
        try:
            while block := stream.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def guess_delimiter(path: Path, encoding: str) -> str:
    """The one `sep=` names, else the one that divides most of the first lines into the same number of cells."""
    with _opened(path, encoding) as text:
        first = list(islice(_clean(text), 2 * LOOKED_AT))
    if first and first[0].lower().startswith("sep=") and len(first[0].strip("\r\n")) == 5:
        return first[0][4]
    return max(DELIMITERS, key=lambda delimiter: _evenness(first, delimiter))


def _evenness(first: Iterable[str], delimiter: str) -> tuple[float, int]:
    try:
        widths = [len(cells) for cells in islice(csv.reader(first, delimiter=delimiter), LOOKED_AT) if cells]
    except csv.Error:
        return 0, 0
    width, often = Counter(widths).most_common(1)[0] if widths else (1, 0)
    return (often / len(widths), width) if width > 1 else (0, 0)


def lines(path: Path, encoding: str, delimiter: str) -> Iterator[Line]:
    """Every record, numbered as a spreadsheet program would. Raises `UnreadableFile` for a quotation mark that is
    never closed."""
    csv.field_size_limit(LONGEST_CELL)
    with _opened(path, encoding) as text:
        raw = _Lines(_clean(text))
        reader, begun = csv.reader(raw, delimiter=delimiter), 1
        number, last, opened = 0, [""], 1
        try:
            for cells in reader:
                last, opened, raw.seen = raw.seen, begun, []
                if number == 0 and begun == 1 and _names_delimiter(cells, delimiter):
                    begun = reader.line_num + 1
                    continue
                number += 1
                yield number, [_cell(cell) for cell in cells]
                begun = reader.line_num + 1
        except csv.Error as error:
            raise UnreadableFile("unclosed_quote", line=begun) from error
        if _never_closed("".join(last), delimiter):
            raise UnreadableFile("unclosed_quote", line=opened)


class _Lines:
    """Lines that are remembered as they are read: those of one record stand in `seen`."""

    def __init__(self, text: Iterable[str]) -> None:
        self._text = iter(text)
        self.seen: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self.seen.append(line)
            yield line


def _never_closed(record: str, delimiter: str) -> bool:
    """Whether the last record swallowed all that follows, because its quotation mark has no other one."""
    if record.count('"') % 2 == 0:
        return False
    try:
        list(csv.reader(record.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _opened(path: Path, encoding: str):  # type: ignore[no-untyped-def]
    """The text without its byte order mark; bytes that do not fit are shown as such."""
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    try:
        return path.open(encoding=name, errors="replace", newline="")
    except LookupError as error:
        raise UnreadableFile("unknown_encoding", encoding=encoding) from error


def _clean(text: Iterable[str]) -> Iterator[str]:
    return (line.replace("\0", "") for line in text)


def _names_delimiter(cells: list[str], delimiter: str) -> bool:
    return cells == ["sep=", ""] or cells == [f"sep={delimiter}"]


def _cell(text: str) -> Cell:
    """What an export has written with an apostrophe against formulas is as it was."""
    return restored(text) if text and not text.isspace() else None
