"""A person who works in the CRM: a link to the built-in entity `user`."""

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


class User(FieldType):
    name = "user"
    label = Text.of({"en": "Person", "zh-CN": "人员"})
    help = Text.of({"en": "A person who works in this CRM.", "zh-CN": "在本系统中工作的人员。"})
    icon = "user-round"
    hue = "sky"
    samples = (Sample("17", 17, "17"), Sample("9007199254740991", 2**53 - 1, "9007199254740991"))
    refused = ("Ann", "0", "-3", "1.5", "9007199254740992", "张伟")
    comparisons = ("is_me", "any_of", "none_of", "empty", "not_empty")
    widget = "user"
    width = 140
    slot = "meta"

    def target(self, settings: Mapping[str, Any]) -> str:
        return "user"

    def expression_type(self, field: Field) -> Type:
        return record("user")

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, BigInteger),)

    def parse(self, typed: str, field: Field, formats: Formats) -> int:
        return read_id(typed)

    def json_schema(self, field: Field) -> JsonSchema:
        return RECORD

    def to_json(self, value: Any) -> str:
        return str(value)
