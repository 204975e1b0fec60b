"""A record of another entity. The value is its id; its title comes with the row that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column

from engine.expressions.types import Type, record
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, JsonSchema, Sample
from engine.schema.record_ids import RECORD, read_id

if TYPE_CHECKING:
    from engine.schema.model import Field


class Link(FieldType):
    name = "link"
    label = Text.of({"en": "Link", "zh-CN": "关联"})
    help = Text.of({"en": "A record of another entity.", "zh-CN": "另一个实体中的一条记录。"})
    icon = "link-2"
    hue = "blue"
    options = {
        "to": {"type": "string", "description": "The entity it points at."},
        "on_delete": {
            "enum": ["restrict", "clear", "cascade"],
            "description": "What deleting the other record does: restrict refuses it, clear empties this field, "
            "cascade deletes this record too. clear when it is not written.",
        },
        "filter": {
            "type": "string",
            "description": "An expression over the other entity: only such records may be chosen.",
        },
        "tree": {
            "type": "boolean",
            "description": "A link to the same entity makes a tree: no record can be put below itself.",
            "x-zh-CN": "指向同一实体的关联构成树：记录不能放到自己之下。",
        },
        "inverse": {"type": "string", "description": "The name under which the other record lists these records."},
    }
    required_options = ("to",)
    samples = (
        Sample("17", 17, "17", {"to": "account"}),
        Sample("9007199254740991", 2**53 - 1, "9007199254740991", {"to": "account"}),
    )
    refused = ("Northwind", "0", "-3", "1.5", "9007199254740992", "北风", "1,234")
    comparisons = ("any_of", "none_of", "empty", "not_empty")
    widget = "link"
    width = 180
    slot = "sub"

    def target(self, settings: Mapping[str, Any]) -> str | None:
        return settings.get("to")

    def expression_type(self, field: Field) -> Type:
        return record(field.target or "")

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, BigInteger),)

    def parse(self, typed: str, field: Field, formats: Formats) -> int:
        return read_id(typed)

    def json_schema(self, field: Field) -> JsonSchema:
        return RECORD

    def to_json(self, value: Any) -> str:
        return str(value)
