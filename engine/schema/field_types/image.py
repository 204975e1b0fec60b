"""One picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.locale.text import Text
from engine.schema.attached import MAX_SIZE, AttachedFiles
from engine.schema.field_type import Sample
from engine.schema.file_ref import FileRef

if TYPE_CHECKING:
    from engine.schema.model import Field

SHOWN = ("png", "jpg", "gif", "webp")
"""What every browser draws, and nothing in it runs."""
PHOTO = FileRef(17, "front.jpg", "image/jpeg", 2048)


class Image(AttachedFiles):
    name = "image"
    label = Text.of({"en": "Picture", "zh-CN": "图片"})
    help = Text.of(
        {
            "en": "One picture (PNG, JPEG, GIF or WebP): small in lists, on gallery cards, large on the record.",
            "zh-CN": "一张图片（PNG、JPEG、GIF 或 WebP）：列表中显示缩略图，也用于画廊卡片，在记录页上较大显示。",
        }
    )
    icon = "image"
    options = MAX_SIZE
    samples = (
        Sample("17 image/jpeg 2048 front.jpg", (PHOTO,), "front.jpg"),
        Sample("9 image/png 5 图 1.png", (FileRef(9, "图 1.png", "image/png", 5),), "图 1.png", {"max_size": 1}),
    )
    refused = ("front.jpg", "0", "17 image/png big front.png", "1\n2")
    widget = "image"
    width = 96
    cover = True

    def file_types(self, field: Field) -> tuple[str, ...]:
        return SHOWN

    def picture(self, value: Any) -> FileRef | None:
        return value[0] if value else None
