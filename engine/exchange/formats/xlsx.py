from __future__ import annotations

from pathlib import Path

from engine.exchange.file_format import FileFormat
from engine.exchange.percent_xml import in_xlsx
from engine.exchange.sheet import Limits, ReadOptions, Source
from engine.exchange.workbooks import ZIP, check_unpacked, members, open_workbook
from engine.locale.text import Text


class Xlsx(FileFormat):
    name = "xlsx"
    label = Text.of({"en": "Excel workbook", "zh-CN": "Excel 工作簿"})
    suffixes = (".xlsx", ".xlsm")
    media_types = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",)

    def recognises(self, path: Path, start: bytes) -> bool:
        return start.startswith(ZIP) and any(member.filename.startswith("xl/") for member in members(path))

    def open(self, path: Path, options: ReadOptions, limits: Limits) -> Source:
        check_unpacked(path, limits)
        return open_workbook(path, options, in_xlsx)
