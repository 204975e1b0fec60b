"""Records as JSON: a row becomes a map by a function made once for the fields that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.records.model import Row
from engine.schema.field_type import FieldType
from engine.schema.model import Entity, Field

Json = Any
RowWriter = Callable[[Row], dict[str, Json]]
PLAIN = (str, int, bool, type(None))


def readable(entity: Entity) -> tuple[Field, ...]:
    """The fields that an answer may have; a secret is written, never read."""
    return tuple(field for field in entity.fields.values() if field.type.stored and not field.type.sealed)


def lines(entity: Entity) -> tuple[Field, ...]:
    """The fields that hold line items."""
    return tuple(field for field in entity.fields.values() if not field.type.stored)


def row_writer(fields: Sequence[Field]) -> RowWriter:
    """What makes the JSON of rows: id, version, then the fields in their order."""
    writers = [(field.name, _writer(field.type)) for field in fields]

    def write(row: Row) -> dict[str, Json]:
        told: dict[str, Json] = {"id": str(row["id"]), "version": row["version"]}
        for name, write_value in writers:
            value = row[name]
            told[name] = value if value is None or write_value is None else write_value(value)
        return told

    return write


def _writer(kind: FieldType) -> Callable[[Any], Json] | None:
    """None where values are JSON already."""
    if type(kind).to_json is FieldType.to_json:
        return _plain
    return kind.to_json


def _plain(value: Any) -> Json:
    return value if isinstance(value, PLAIN) else str(value)


def moment(value: datetime) -> str:
    """ISO 8601 in UTC with a Z; what is stored is in UTC already."""
    return value.isoformat().replace("+00:00", "Z")


def tombstone(row: Mapping[str, Any]) -> dict[str, Json]:
    """What is told of a deleted record."""
    return {"id": str(row["id"]), "deleted_at": moment(row["deleted_at"])}
