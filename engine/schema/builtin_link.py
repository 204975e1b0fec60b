"""The contract of a type that names a record of a built-in entity of the same name: a user, a team."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column

from engine.expressions.types import Type, record
from engine.locale.formats import Formats
from engine.schema.field_type import FieldType, JsonSchema, Sample
from engine.schema.record_ids import RECORD, read_id

if TYPE_CHECKING:
    from engine.schema.model import Field


class BuiltinLink(FieldType):
    hue = "sky"
    samples = (Sample("17", 17, "17"), Sample("9007199254740991", 2**53 - 1, "9007199254740991"))
    refused = ("Ann", "0", "-3", "1.5", "9007199254740992", "张伟")
    width = 140
    slot = "meta"

    def target(self, settings: Mapping[str, Any]) -> str:
        return self.name

    def expression_type(self, field: Field) -> Type:
        return record(self.name)

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, BigInteger),)

    def parse(self, typed: str, field: Field, formats: Formats) -> int:
        return read_id(typed)

    def json_schema(self, field: Field) -> JsonSchema:
        return RECORD

    def to_json(self, value: Any) -> str:
        return str(value)
