"""Files in a write: what a value names is looked up, then held by the record in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select, update

from engine.database.system_tables import file as table
from engine.locale.text import Text
from engine.records.errors import Invalid
from engine.records.transaction import Transaction, Values
from engine.schema.field_type import ValueRefused, refuse
from engine.schema.file_ref import FileRef
from engine.schema.model import Entity, Field

Found = Mapping[int, Mapping[Any, Any]]


def settled(transaction: Transaction, entity: Entity, values: Values, stored: Values) -> dict[str, Any]:
    """The values with each file as it is stored: a form decides nothing but which files. `stored` is the record as it
    stands, empty for a new one. Raises `Invalid` for a file that is not there, is another record's or is refused."""
    fields = [field for field in _file_fields(entity, values) if values[field.name] is not None]
    found = _find(transaction, [ref.id for field in fields for ref in field.type.files(values[field.name])])
    kept, errors = dict(values), dict[str, Text]()
    for field in fields:
        try:
            kept[field.name] = _settle(transaction, field, values[field.name], stored, found)
        except ValueRefused as refusal:
            errors[field.name] = refusal.message
    if errors:
        raise Invalid(errors)
    return kept


def hold(transaction: Transaction, entity: Entity, record_id: int, before: Values, after: Values) -> None:
    """Tie the files that a write brought to the record, and let those go that it took away."""
    for field in _file_fields(entity, after):
        old, new = _ids(field, before.get(field.name)), _ids(field, after[field.name])
        _tie(transaction, [*(new - old)], entity.name, record_id, field.name)
        _release(transaction, [*(old - new)], record_id)


def attach(transaction: Transaction, entity: Entity, record_id: int, ids: Iterable[int]) -> tuple[FileRef, ...]:
    """Tie staged files to a record, in no field of it; the caller has judged the rights. Raises `ValueRefused` for one
    that somebody else uploaded or a record holds already."""
    wanted = list(ids)
    found = _find(transaction, wanted)
    if any(not _is_own(transaction, found.get(file_id, {})) for file_id in wanted):
        raise refuse("file_reference")
    _tie(transaction, wanted, entity.name, record_id, None)
    return tuple(_ref(found[file_id]) for file_id in wanted)


def _settle(transaction: Transaction, field: Field, value: Any, stored: Values, found: Found) -> Any:
    known: dict[int, FileRef] = {}
    held = {ref.id: ref for ref in field.type.files(stored.get(field.name))}
    for ref in field.type.files(value):
        row = found.get(ref.id, {})
        if ref.id not in held and not _is_own(transaction, row) and not _was_held(field, stored, row):
            raise refuse("file_reference")
        known[ref.id] = _ref(row) if row else held[ref.id]
        if ref.id not in held:
            field.type.check_file(known[ref.id], field)
    return field.type.with_files(value, known)


def _is_own(transaction: Transaction, row: Mapping[Any, Any]) -> bool:
    """Staged by the actor, and held by nothing yet."""
    actor = transaction.actor
    return bool(row) and row["entity"] is None and (actor.unlimited or row["created_by"] == actor.user_id)


def _was_held(field: Field, stored: Values, row: Mapping[Any, Any]) -> bool:
    """Taken out of this field of this record before, and now put back."""
    return bool(row) and (row["entity"], row["record_id"], row["field"]) == (field.entity, stored.get("id"), field.name)


def _file_fields(entity: Entity, values: Values) -> list[Field]:
    return [field for name in values if (field := entity.fields[name]).type.holds_files]


def _ids(field: Field, value: Any) -> set[int]:
    return {ref.id for ref in field.type.files(value)}


def _ref(row: Mapping[Any, Any]) -> FileRef:
    return FileRef(row["id"], row["name"], row["media"], row["size"])


def _find(transaction: Transaction, ids: list[int]) -> Found:
    if not ids:
        return {}
    rows = transaction.connection.execute(select(table).where(table.c.id.in_(ids))).mappings()
    return {row["id"]: row for row in rows}


def _tie(transaction: Transaction, ids: list[int], entity: str, record_id: int, field: str | None) -> None:
    if ids:
        held = {"entity": entity, "record_id": record_id, "field": field, "released_at": None}
        transaction.connection.execute(update(table).where(table.c.id.in_(ids)).values(held))


def _release(transaction: Transaction, ids: list[int], record_id: int) -> None:
    """A file that went over to another record is that one's."""
    if ids:
        held = (table.c.id.in_(ids), table.c.record_id == record_id)
        transaction.connection.execute(update(table).where(*held).values(released_at=transaction.moment.now))
