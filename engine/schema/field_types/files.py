"""Files attached to a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.expressions.types import PARTS, Type
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.columns import Words
from engine.schema.field_type import FieldType, Sample, refuse
from engine.schema.file_kinds import WORDS, is_among, kind_of_media, listed
from engine.schema.file_ref import FileRef, read_line, read_map, refs
from engine.schema.sorting import plain_text

if TYPE_CHECKING:
    from engine.schema.model import Field

MOST = 50
OFFER = FileRef(17, "offer.pdf", "application/pdf", 2048)


class Files(FieldType):
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
        "max_size": {
            "type": "integer",
            "minimum": 1,
            "maximum": 2000,
            "description": "The largest size of one file in megabytes, below the limit of the server.",
            "x-zh-CN": "单个文件的大小上限（MB），不超过服务器的上限。",
        },
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
    comparisons = ("not_empty", "empty", "contains")
    widget = "files"
    width = 180
    wide = True
    structured = True
    sortable = False
    repeated = True
    in_place = False
    holds_files = True

    def expression_type(self, field: Field) -> Type:
        return PARTS

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, Words(refs)), Column(f"{field.name}__t", plain_text()))

    def companions(self, value: Any, field: Field) -> Mapping[str, Any]:
        return {f"{field.name}__t": None if value is None else "\n".join(file.name for file in value)}

    def filter_column(self, field: Field) -> str:
        return f"{field.name}__t"

    def parse(self, typed: str, field: Field, formats: Formats) -> tuple[FileRef, ...] | None:
        """A line for each file."""
        return _once([read_line(line) for line in typed.split("\n") if line.strip()])

    def accept(self, value: Any, field: Field) -> tuple[FileRef, ...] | None:
        """A list of ids, or of maps with an `id`."""
        if isinstance(value, str):
            return self.parse(value, field, Formats.neutral())
        return _once([read_map(part) for part in (value if isinstance(value, (list, tuple)) else [value])])

    def validate(self, value: Any, field: Field) -> None:
        most = self.most_files(field)
        if len(value) > most:
            raise refuse("files", count=most)

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return ", ".join(file.name or f"#{file.id}" for file in value)

    def format_short(self, value: Any, field: Field, formats: Formats) -> str:
        return value[0].name or f"#{value[0].id}"

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return "\n".join(file.line() for file in value)

    def to_json(self, value: Any) -> list[dict[str, Any]]:
        return [{"id": str(file.id), "name": file.name, "media": file.media, "size": file.size} for file in value]

    def files(self, value: Any) -> tuple[FileRef, ...]:
        return value or ()

    def with_files(self, value: Any, known: Mapping[int, FileRef]) -> tuple[FileRef, ...]:
        return tuple(known[file.id] for file in value)

    def most_files(self, field: Field) -> int:
        return int(field.settings.get("max", MOST))

    def file_types(self, field: Field) -> tuple[str, ...]:
        return tuple(field.settings.get("types", ()))

    def check_file(self, file: FileRef, field: Field) -> None:
        types, kind = self.file_types(field), kind_of_media(file.media)
        if types and not is_among(kind, types):
            raise refuse("file_type", name=file.name, kind=kind.text, types=listed(types))
        largest = int(field.settings.get("max_size", 0))
        if largest and file.size > largest * 1024 * 1024:
            raise refuse("file_large", name=file.name, limit=largest)


def _once(files: list[FileRef]) -> tuple[FileRef, ...] | None:
    return tuple({file.id: file for file in files}.values()) or None
