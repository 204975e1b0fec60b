"""What the types of attached files share: the value is a tuple of files, one line each in a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Column

from engine.expressions.types import PARTS, Type
from engine.locale.formats import Formats
from engine.schema.columns import Words
from engine.schema.field_type import FieldType, JsonSchema, SheetValue, refuse
from engine.schema.file_kinds import is_among, kind_of_media, listed
from engine.schema.file_ref import FileRef, read_line, read_map, refs
from engine.schema.record_ids import RECORD
from engine.schema.sorting import plain_text

if TYPE_CHECKING:
    from engine.schema.model import Field

TEXT = {"type": "string"}
MAX_SIZE: Mapping[str, JsonSchema] = {
    "max_size": {
        "type": "integer",
        "minimum": 1,
        "maximum": 2000,
        "description": "The largest size of one file in megabytes, below the limit of the server.",
        "x-zh-CN": "单个文件的大小上限（MB），不超过服务器的上限。",
    },
}


class AttachedFiles(FieldType):
    """One file; a type of several says how many in `most_files`."""

    comparisons: ClassVar[tuple[str, ...]] = ("not_empty", "empty", "contains")
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

    def sheet_value(self, value: Any, field: Field, formats: Formats) -> SheetValue:
        return self.format(value, field, formats)

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return "\n".join(file.line() for file in value)

    def json_schema(self, field: Field) -> JsonSchema:
        properties = {"id": RECORD, "name": TEXT, "media": TEXT, "size": {"type": "integer", "description": "Bytes."}}
        item = {"type": "object", "properties": properties, "required": ["id"], "additionalProperties": False}
        return {"type": "array", "items": item, "maxItems": self.most_files(field)}

    def to_json(self, value: Any) -> list[dict[str, Any]]:
        return [{"id": str(file.id), "name": file.name, "media": file.media, "size": file.size} for file in value]

    def files(self, value: Any) -> tuple[FileRef, ...]:
        return value or ()

    def with_files(self, value: Any, known: Mapping[int, FileRef]) -> tuple[FileRef, ...]:
        return tuple(known[file.id] for file in value)

    def check_file(self, file: FileRef, field: Field) -> None:
        types, kind = self.file_types(field), kind_of_media(file.media)
        if types and not is_among(kind, types):
            raise refuse("file_type", name=file.name, kind=kind.text, types=listed(types))
        largest = int(field.settings.get("max_size", 0))
        if largest and file.size > largest * 1024 * 1024:
            raise refuse("file_large", name=file.name, limit=largest)


def _once(files: list[FileRef]) -> tuple[FileRef, ...] | None:
    return tuple({file.id: file for file in files}.values()) or None
