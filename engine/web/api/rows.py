"""Records as JSON: a row becomes a map by a function made once for the fields that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from engine.schema.field_type import FieldType
from engine.schema.model import Entity, Field

Json = Any
Keys = Mapping[str, int | str]
"""Where the value of a field stands in a row."""
RowWriter = Callable[[Any], dict[str, Json]]
PLAIN = (str, int, bool)


def readable(entity: Entity) -> tuple[Field, ...]:
    """The fields that an answer may have; a secret is written, never read."""
    return tuple(field for field in entity.fields.values() if field.type.stored and not field.type.sealed)


def lines(entity: Entity) -> tuple[Field, ...]:
    """The fields that hold line items."""
    return tuple(field for field in entity.fields.values() if not field.type.stored)


def row_writer(fields: Sequence[Field], keys: Keys | None = None) -> RowWriter:
    """What makes the JSON of rows: id, version, then the fields in their order. Without `keys` rows are maps."""
    names = ("id", "version", *(field.name for field in fields))
    places = tuple(keys[name] if keys else name for name in names)
    return _compiled(names, tuple(field.type for field in fields), places)


@lru_cache(maxsize=1024)
def _compiled(names: tuple[str, ...], kinds: tuple[FieldType, ...], places: tuple[int | str, ...]) -> RowWriter:
    """The map is written out as one expression: no loop and no call for a value that is JSON already."""
    writers = {f"write{number}": write for number, kind in enumerate(kinds) if (write := _value_writer(kind))}
    parts = [f"'id': str(row[{places[0]!r}])", f"'version': row[{places[1]!r}]"]
    for number, (name, place) in enumerate(zip(names[2:], places[2:], strict=True)):
        written = f"(None if (value := row[{place!r}]) is None else write{number}(value))"
        parts.append(f"{name!r}: {written if f'write{number}' in writers else f'row[{place!r}]'}")
    made: RowWriter = eval(f"lambda row: {{{', '.join(parts)}}}", writers)
    return made


def _value_writer(kind: FieldType) -> Callable[[Any], Json] | None:
    """None where the type's values are JSON already, as its samples show."""
    if type(kind).to_json is not FieldType.to_json:
        return kind.to_json
    return None if kind.samples and all(isinstance(sample.value, PLAIN) for sample in kind.samples) else str


def moment(value: datetime) -> str:
    """ISO 8601 in UTC with a Z; what is stored is in UTC already."""
    return value.isoformat().replace("+00:00", "Z")


def tombstone(row: Mapping[str, Any]) -> dict[str, Json]:
    """What is told of a deleted record."""
    return {"id": str(row["id"]), "deleted_at": moment(row["deleted_at"])}
