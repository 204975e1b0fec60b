from __future__ import annotations

from pathlib import Path

from engine.exchange.file_format import FileFormat
from engine.exchange.percent_xls import in_xls
from engine.exchange.sheet import Limits, ReadOptions, Source
from engine.exchange.unreadable import UnreadableFile
from engine.exchange.workbooks import OLE, open_workbook
from engine.locale.text import Text

SEALED = "EncryptedPackage".encode("utf-16-le")
"""The entry under which newer programs put a workbook with a password."""
FOLDER_WITHIN = 4 * 1024 * 1024


class Xls(FileFormat):
    name = "xls"
    label = Text.of({"en": "Excel 97–2003 workbook", "zh-CN": "Excel 97–2003 工作簿"})
    suffixes = (".xls",)
    media_types = ("application/vnd.ms-excel",)

    def recognises(self, path: Path, start: bytes) -> bool:
        return start.startswith(OLE)

    def open(self, path: Path, options: ReadOptions, limits: Limits) -> Source:
        if _is_sealed(path):
            raise UnreadableFile("encrypted")
        return open_workbook(path, options, in_xls)


def _is_sealed(path: Path) -> bool:
    """The list of entries stands near the start or near the end."""
    with path.open("rb") as stream:
        start = stream.read(FOLDER_WITHIN)
        stream.seek(max(0, path.stat().st_size - FOLDER_WITHIN))
        return SEALED in start or SEALED in stream.read()
