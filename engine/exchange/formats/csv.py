from __future__ import annotations

from pathlib import Path

from engine.exchange import text_files
from engine.exchange.file_format import FileFormat
from engine.exchange.sheet import Limits, ReadOptions, Source
from engine.locale.text import Text


class Csv(FileFormat):
    name = "csv"
    label = Text.of({"en": "CSV (text with delimiters)", "zh-CN": "CSV（分隔符文本）"})
    suffixes = (".csv", ".tsv", ".tab", ".txt")
    media_types = ("text/csv", "text/tab-separated-values", "text/plain")
    is_text = True

    def recognises(self, path: Path, start: bytes) -> bool:
        return text_files.is_text(start)

    def open(self, path: Path, options: ReadOptions, limits: Limits) -> Source:
        encoding = options.encoding or text_files.guess_encoding(path)
        delimiter = options.delimiter or text_files.guess_delimiter(path, encoding)
        return Source(lambda: text_files.lines(path, encoding, delimiter), encoding=encoding, delimiter=delimiter)
