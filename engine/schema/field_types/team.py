"""A team of people who work in the CRM: a link to the built-in entity `team`."""

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


class Team(FieldType):
    name = "team"
    label = Text.of({"en": "Team", "zh-CN": "团队"})
    help = Text.of({"en": "A team of people who work in this CRM.", "zh-CN": "由本系统人员组成的团队。"})
    icon = "users-round"
    hue = "sky"
    samples = (Sample("17", 17, "17"), Sample("9007199254740991", 2**53 - 1, "9007199254740991"))
    refused = ("Ann", "0", "-3", "1.5", "9007199254740992", "张伟")
    comparisons = ("any_of", "none_of", "empty", "not_empty")
    widget = "team"
    width = 140
    slot = "meta"

    def target(self, settings: Mapping[str, Any]) -> str:
        return "team"

    def expression_type(self, field: Field) -> Type:
        return record("team")

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, BigInteger),)

    def parse(self, typed: str, field: Field, formats: Formats) -> int:
        return read_id(typed)

    def json_schema(self, field: Field) -> JsonSchema:
        return RECORD

    def to_json(self, value: Any) -> str:
        return str(value)
