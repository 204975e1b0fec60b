"""Several records of another entity, in an order of their own, or through records that join them. The value is a tuple
of ids."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.expressions.types import Kind, Type, record
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.columns import Ids
from engine.schema.field_type import FieldType, JsonSchema, Reference, Sample, refuse
from engine.schema.record_ids import RECORD, read_id

if TYPE_CHECKING:
    from engine.schema.model import Field

SEPARATOR = re.compile(r"[\s,，、;；]+")
COMMA = re.compile(r"[,，、;；]")
MOST = 200
TO = {"to": "contact"}


class Links(FieldType):
    name = "links"
    label = Text.of({"en": "Links", "zh-CN": "多个关联"})
    help = Text.of({"en": "Several records of another entity.", "zh-CN": "另一个实体中的多条记录。"})
    icon = "link-2"
    hue = "blue"
    options = {
        "to": {
            "type": "string",
            "description": "The entity of the records.",
            "x-zh-CN": "所关联记录的实体。",
        },
        "filter": {
            "type": "string",
            "description": "An expression over the other entity: only such records may be chosen.",
        },
        "through": {
            "type": "string",
            "description": "The entity whose records join the two: each link is one of them, made and binned with it.",
            "x-zh-CN": "连接两者的实体：每个关联是它的一条记录，随关联新建或移入回收站。",
        },
        "through_from": {
            "type": "string",
            "description": "The link of the joining entity to this one, where it has several.",
            "x-zh-CN": "连接实体指向本实体的链接字段；有多个时必填。",
        },
        "through_to": {
            "type": "string",
            "description": "The link of the joining entity to the other one, where it has several.",
            "x-zh-CN": "连接实体指向另一实体的链接字段；有多个时必填。",
        },
    }
    required_options = ("to",)
    samples = (
        Sample("17", (17,), "17", TO),
        Sample("18\n\n17\r\n18", (18, 17), "18, 17", TO),
        Sample("9007199254740991、5", (2**53 - 1, 5), "9007199254740991, 5", TO),
    )
    refused = ("Ann", "17, -3", "1.5", "北风", "\n".join(map(str, range(1, 202))))
    comparisons = ("any_of", "all_of", "none_of", "empty", "not_empty")
    widget = "links"
    width = 220
    structured = True
    sortable = False
    repeated = True
    kept_apart = True

    def targets(self, settings: Mapping[str, Any]) -> tuple[str, ...]:
        return (str(settings["to"]),) if settings.get("to") else ()

    def references(self, value: Any, field: Field) -> tuple[Reference, ...]:
        return tuple((field.targets[0], record_id) for record_id in value)

    def naming(self, references: Sequence[Reference]) -> tuple[int, ...] | None:
        return tuple(dict.fromkeys(record_id for _, record_id in references)) or None

    def written_references(self, written: Any, field: Field) -> tuple[tuple[str, str], ...]:
        """A list of references, or one text with commas."""
        if isinstance(written, dict):
            raise refuse("structure")
        words = written if isinstance(written, list) else COMMA.split(str(written))
        return tuple((field.targets[0], str(word).strip()) for word in words if str(word).strip())

    def expression_type(self, field: Field) -> Type:
        return Type(Kind.LIST, item=record(str(field.settings.get("to", ""))))

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return () if "through" in field.settings else (Column(field.name, Ids()),)

    def parse(self, typed: str, field: Field, formats: Formats) -> tuple[int, ...] | None:
        """Each id once, in the order written."""
        return tuple(dict.fromkeys(read_id(word) for word in SEPARATOR.split(typed) if word)) or None

    def accept(self, value: Any, field: Field) -> tuple[int, ...] | None:
        text = "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
        return self.parse(text, field, Formats.neutral())

    def validate(self, value: Any, field: Field) -> None:
        if len(value) > MOST:
            raise refuse("links", count=MOST)

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return ("、" if formats.language.startswith("zh") else ", ").join(map(str, value))

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return "\n".join(map(str, value))

    def json_schema(self, field: Field) -> JsonSchema:
        return {"type": "array", "items": RECORD}

    def to_json(self, value: Any) -> list[str]:
        return [str(record_id) for record_id in value]
