"""A record of one of several entities, such as what a task is about. The value names the entity and the id."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import BigInteger, Column

from engine.expressions.types import PARTS, Type
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.columns import Parted
from engine.schema.field_type import FieldType, JsonSchema, Reference, Sample, refuse
from engine.schema.record_ids import read_id
from engine.schema.sorting import plain_text

if TYPE_CHECKING:
    from engine.schema.model import Field

WRITTEN = re.compile(r"([a-z][a-z0-9_]*)\s*[:：]\s*(\S.*)", re.DOTALL)
TO = {"to": ["account", "contact"]}


class Ref(NamedTuple):
    entity: str
    id: int


class AnyLink(FieldType):
    name = "any_link"
    label = Text.of({"en": "Link to any of", "zh-CN": "任意关联"})
    help = Text.of({"en": "A record of one of several entities.", "zh-CN": "几个实体之一中的一条记录。"})
    icon = "link-2"
    hue = "blue"
    options = {
        "to": {
            "type": "array",
            "items": {"type": "string"},
            "minItems": 1,
            "uniqueItems": True,
            "description": "The entities whose records can be chosen.",
            "x-zh-CN": "可选择其记录的实体。",
        }
    }
    required_options = ("to",)
    samples = (
        Sample("account:17", Ref("account", 17), "account:17", TO),
        Sample("contact：9007199254740991", Ref("contact", 2**53 - 1), "contact:9007199254740991", TO),
    )
    refused = ("17", "Northwind", "deal:17", "account:0", "account:", "北风")
    comparisons = ("any_of", "none_of", "empty", "not_empty")
    widget = "any_link"
    width = 180
    slot = "sub"
    structured = True
    sortable = False

    def targets(self, settings: Mapping[str, Any]) -> tuple[str, ...]:
        written = settings.get("to")
        return tuple(str(name) for name in written) if isinstance(written, list) else ()

    def references(self, value: Any, field: Field) -> tuple[Reference, ...]:
        return (tuple(value),) if isinstance(value, tuple) else ()

    def naming(self, references: Sequence[Reference]) -> Ref | None:
        return Ref(*references[0]) if references else None

    def written_references(self, written: Any, field: Field) -> tuple[tuple[str, str], ...]:
        """`account:hooli`, or a map with the entity as its only key."""
        pairs = list(written.items()) if isinstance(written, dict) else [_parted(str(written))]
        if len(pairs) != 1 or pairs[0][0] not in field.targets:
            raise refuse("any_link", names=", ".join(field.targets))
        return ((str(pairs[0][0]), str(pairs[0][1])),)

    def expression_type(self, field: Field) -> Type:
        return PARTS

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (
            Column(field.name, Parted(_read)),
            Column(f"{field.name}__entity", plain_text()),
            Column(f"{field.name}__id", BigInteger),
        )

    def companions(self, value: Any, field: Field) -> Mapping[str, Any]:
        entity, record_id = value or (None, None)
        return {f"{field.name}__entity": entity, f"{field.name}__id": record_id}

    def parse(self, typed: str, field: Field, formats: Formats) -> Ref:
        entity, written = _parted(typed)
        if entity not in self.targets(field.settings):
            raise refuse("record")
        return Ref(entity, read_id(written))

    def accept(self, value: Any, field: Field) -> Ref | None:
        if isinstance(value, Mapping):
            value = f"{value.get('entity')}:{value.get('id')}"
        return self.parse(str(value), field, Formats.neutral()) if str(value).strip() else None

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return f"{value.entity}:{value.id}"

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return f"{value.entity}:{value.id}"

    def json_schema(self, field: Field) -> JsonSchema:
        return {"type": "string", "pattern": f"^({'|'.join(self.targets(field.settings))}):[1-9][0-9]{{0,15}}$"}

    def to_json(self, value: Any) -> str:
        return f"{value[0]}:{value[1]}"


def _parted(text: str) -> tuple[str, str]:
    found = WRITTEN.fullmatch(text.strip())
    return (found[1], found[2]) if found else ("", "")


def _read(text: str) -> Ref:
    entity, _, record_id = text.partition(":")
    return Ref(entity, int(record_id))
