"""JSON for machines: a list of objects by field name, with keys instead of labels."""

from __future__ import annotations

import json
from collections.abc import Iterator

from engine.exchange.writer import Contents, Writer
from engine.locale.text import Text


class Json(Writer):
    name = "json"
    label = Text.of({"en": "JSON", "zh-CN": "JSON"})
    help = Text.of({"en": "Field names and keys, for developers", "zh-CN": "字段名和键值，供开发人员使用"})
    media_type = "application/json"
    order = 3

    def pieces(self, contents: Contents) -> Iterator[bytes]:
        before = "[\n"
        for page in contents.pages:
            if page:
                objects = ({column.name: column.plain(row) for column in contents.columns} for row in page)
                yield (before + ",\n".join(json.dumps(each, ensure_ascii=False) for each in objects)).encode()
                before = ",\n"
        yield b"[]\n" if before == "[\n" else b"\n]\n"
