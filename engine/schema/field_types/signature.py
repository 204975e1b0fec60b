"""A signature: drawn, and kept as a picture, or typed, and kept as a text; who gave it and when is kept with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.attached import AttachedFiles
from engine.schema.field_type import Sample, refuse
from engine.schema.file_ref import FileRef
from engine.schema.typed_text import one_line

if TYPE_CHECKING:
    from engine.schema.model import Field

DRAWN, TYPED = "image/png", "text/plain"
ENDING = ".txt"
LARGEST = 512 * 1024
LONGEST_NAME = 120


class Signature(AttachedFiles):
    name = "signature"
    label = Text.of({"en": "Signature", "zh-CN": "签名"})
    help = Text.of(
        {
            "en": "A signature drawn with finger, pen or mouse, or a typed name; who signed and when is kept with it.",
            "zh-CN": "用手指、触控笔或鼠标书写的签名，也可以输入姓名；系统会记录签名人和时间。",
        }
    )
    icon = "pencil"
    samples = (
        Sample("17 image/png 2048 signature.png", (FileRef(17, "signature.png", DRAWN, 2048),), "signature.png"),
        Sample("9 text/plain 8 Mei Lin.txt", (FileRef(9, "Mei Lin.txt", TYPED, 8),), "Mei Lin"),
        Sample("9 text/plain 6 林梅.txt", (FileRef(9, "林梅.txt", TYPED, 6),), "林梅"),
    )
    refused = ("Mei Lin", "0", "17 image/png big signature.png", "1\n2")
    comparisons = ("not_empty", "empty")
    widget = "signature"
    width = 140
    may_be_written = True

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        file: FileRef = value[0]
        return (file.name.removesuffix(ENDING) if file.media == TYPED else file.name) or f"#{file.id}"

    def format_short(self, value: Any, field: Field, formats: Formats) -> str:
        return self.format(value, field, formats)

    def picture(self, value: Any) -> FileRef | None:
        return value[0] if value and value[0].media == DRAWN else None

    def written_file(self, typed: str) -> tuple[str, bytes] | None:
        name = one_line(typed)
        return (f"{name[:LONGEST_NAME]}{ENDING}", name.encode("utf-8-sig")) if name else None

    def check_file(self, file: FileRef, field: Field) -> None:
        if file.media not in (DRAWN, TYPED) or file.size > LARGEST:
            raise refuse("signature")
