"""Files attached to a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.locale.text import Text
from engine.schema.attached import MAX_SIZE, AttachedFiles
from engine.schema.field_type import Sample
from engine.schema.file_kinds import WORDS
from engine.schema.file_ref import FileRef

if TYPE_CHECKING:
    from engine.schema.model import Field

MOST = 50
OFFER = FileRef(17, "offer.pdf", "application/pdf", 2048)


class Files(AttachedFiles):
    name = "files"
    label = Text.of({"en": "Files", "zh-CN": "文件"})
    help = Text.of(
        {
            "en": "Attached files; with `max: 1` a single one.",
            "zh-CN": "附加的文件；写 `max: 1` 时只有一个文件。",
        }
    )
    icon = "paperclip"
    options = {
        "types": {
            "type": "array",
            "items": {"type": "string", "enum": list(WORDS)},
            "minItems": 1,
            "description": "What it takes: endings such as pdf, or groups such as image; anything but programs when it "
            "is not written. The content of a file is looked at, not only its name.",
            "x-zh-CN": "允许的文件类型：扩展名（如 pdf）或类别（如 image）；"
            "不写则除程序外均可。系统会检查文件内容，而不只看文件名。",
        },
        "max": {
            "type": "integer",
            "minimum": 1,
            "maximum": MOST,
            "description": f"How many files there may be; {MOST} when it is not written.",
            "x-zh-CN": f"文件数量上限，不写则为 {MOST}。",
        },
        **MAX_SIZE,
    }
    samples = (
        Sample("17 application/pdf 2048 offer.pdf", (OFFER,), "offer.pdf"),
        Sample(
            "17 application/pdf 2048 offer.pdf\n\n9 image/png 5 图 1.png",
            (OFFER, FileRef(9, "图 1.png", "image/png", 5)),
            "offer.pdf, 图 1.png",
        ),
    )
    refused = ("offer.pdf", "0", "17 application/pdf big offer.pdf", "\n".join(map(str, range(1, 52))))
    widget = "files"
    width = 180

    def most_files(self, field: Field) -> int:
        return int(field.settings.get("max", MOST))

    def file_types(self, field: Field) -> tuple[str, ...]:
        return tuple(field.settings.get("types", ()))
