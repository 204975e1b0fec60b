"""Records found by what names them: their title, a field of theirs, or several fields together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from engine.locale.formats import Formats
from engine.records.rows import RowSource
from engine.records.transaction import Transaction
from engine.schema.field_type import ValueRefused
from engine.schema.model import Entity, Field
from engine.schema.record_ids import LARGEST, read_id
from engine.schema.sorting import fold

CHUNK = 500
Key = tuple[Any, ...]


def canonical(field: Field, value: Any) -> Any:
    """What two values that count as the same have in common; None for none."""
    if value is None:
        return None
    if field.compared:
        return field.type.companions(value, field).get(field.type.unique_column(field), value)
    if isinstance(value, str):
        return fold(value)
    return fold(str(value)) if isinstance(value, tuple) and field.type.title_column(field) != field.name else value


def canonical_key(entity: Entity, names: Sequence[str], values: Mapping[str, Any]) -> Key | None:
    """The key of a row; None when a part of it is missing."""
    key = tuple(_part(entity, name, values.get(name)) for name in names)
    return None if any(part is None for part in key) else key


def find(
    transaction: Transaction, entity: Entity, names: Sequence[str], wanted: Iterable[Mapping[str, Any]]
) -> dict[Key, tuple[int, ...]]:
    """The records outside the bin that the actor may read, by the key of each of the values `wanted`, given by field
    name; keys without a record are left out. One statement for each few hundred."""
    rows = RowSource(transaction.model, transaction.dialect, entity.name)
    first = names[0]
    column, keys = _column(entity, first), set[Any]()
    for values in wanted:
        if values.get(first) is not None:
            keys.add(_stored_key(entity, first, values[first]))
    here = (rows.table.c.deleted_at.is_(None), rows.allowed(transaction.actor, "read"))
    read = [rows.table.c.id, *(rows.table.c[name] for name in names if name != "id")]
    found: dict[Key, tuple[int, ...]] = {}
    listed = list(keys)
    for start in range(0, len(listed), CHUNK):
        among = rows.table.c[column].in_(listed[start : start + CHUNK])
        statement = select(*read).select_from(rows.joined).where(among, *here)
        for row in transaction.connection.execute(statement, transaction.parameters).mappings():
            key = canonical_key(entity, names, dict(row))
            if key is not None:
                found[key] = (*found.get(key, ()), int(row["id"]))
    return found


def named(
    transaction: Transaction, entity: Entity, by: str, texts: Iterable[str], formats: Formats
) -> dict[str, tuple[int, ...]]:
    """The records that each text names: by their title, or by the field `by`, or by their id. Texts that are no value
    of that field are left out."""
    name = by or entity.title
    values: dict[str, Any] = {}
    for text in texts:
        try:
            values[text] = read_id(text) if name == "id" else _parsed(entity.fields[name], text, formats)
        except ValueRefused:
            continue
    found = find(transaction, entity, (name,), ({name: value} for value in values.values()))
    keys = {text: canonical_key(entity, (name,), {name: value}) for text, value in values.items()}
    return {text: found[key] for text, key in keys.items() if key in found}


def _parsed(field: Field, text: str, formats: Formats) -> Any:
    return text if field.given else field.type.parse(text, field, formats)


def _part(entity: Entity, name: str, value: Any) -> Any:
    return value if name == "id" else canonical(entity.fields[name], value)


def _column(entity: Entity, name: str) -> str:
    """The column that is looked at: the one of unique values, else the one that lists sort by, else the value's."""
    if name == "id":
        return name
    field = entity.fields[name]
    return field.type.unique_column(field) if field.compared else field.type.sort_column(field)


def _stored_key(entity: Entity, name: str, value: Any) -> Any:
    if name == "id":
        return value if 0 < value <= LARGEST else 0
    field = entity.fields[name]
    return field.type.companions(value, field).get(_column(entity, name), value)
