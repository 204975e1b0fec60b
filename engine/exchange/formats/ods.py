from __future__ import annotations

from pathlib import Path

from engine.exchange.file_format import FileFormat
from engine.exchange.percent_xml import in_ods
from engine.exchange.sheet import Limits, ReadOptions, Source
from engine.exchange.workbooks import ZIP, check_unpacked, members, open_workbook
from engine.locale.text import Text


class Ods(FileFormat):
    name = "ods"
    label = Text.of({"en": "OpenDocument spreadsheet", "zh-CN": "OpenDocument 电子表格"})
    suffixes = (".ods",)
    media_types = ("application/vnd.oasis.opendocument.spreadsheet",)

    def recognises(self, path: Path, start: bytes) -> bool:
        names = {member.filename for member in members(path)} if start.startswith(ZIP) else set()
        return {"mimetype", "content.xml"} <= names

    def open(self, path: Path, options: ReadOptions, limits: Limits) -> Source:
        check_unpacked(path, limits)
        return open_workbook(path, options, in_ods)
