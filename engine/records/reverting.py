"""Taking back one write, as far as nothing has changed since: a created record goes to the bin, a changed field gets
the value it had, a deleted record comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, or_, select

from engine.database.system_tables import history as table
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records import history
from engine.records.errors import Invalid, RecordNotFound, Refused
from engine.records.transaction import Stored, Transaction
from engine.schema.model import Entity
from engine.schema.system_fields import WRITABLE

if TYPE_CHECKING:
    from engine.records.writing import Write


@dataclass(frozen=True, slots=True)
class Written:
    """A history row as it is kept: `changes` holds [from, to] in JSON, by field name."""

    id: int
    entity: str
    record_id: int
    kind: str
    version: int
    changes: Mapping[str, Any]
    operation: int


def written_in(
    connection: Connection, operation: int, deleted: bool, cursor: int | None, limit: int
) -> tuple[Written, ...]:
    """What an operation wrote, behind the row `cursor`: records put into the bin oldest first, as what belongs to a
    record comes back with it; everything else newest first."""
    columns = table.c
    kind = columns.kind == "deleted" if deleted else columns.kind != "deleted"
    statement = select(columns.id, columns.entity, columns.record_id, columns.kind, columns.version, columns.changes)
    statement = statement.where(columns.operation == operation, kind).limit(limit)
    statement = statement.order_by(columns.id if deleted else columns.id.desc())
    if cursor is not None:
        statement = statement.where(columns.id > cursor if deleted else columns.id < cursor)
    return tuple(Written(*row, operation) for row in connection.execute(statement))


def before(
    transaction: Transaction, entity: Entity, stored: Stored, entry: Written
) -> tuple[dict[str, Any], dict[str, Text]]:
    """The fields of a change that still have the value it gave them, with the value they had before; and the others,
    each with why it is left alone."""
    values: dict[str, Any] = {}
    left: dict[str, Text] = {}
    for name, (old, new) in entry.changes.items():
        field = entity.fields.get(name)
        if field is None or not field.type.stored or field.given or (field.system and name not in WRITABLE):
            continue
        if not field.track or field.type.sealed:
            left[name] = message_text("operation.not_kept", label=field.label)
        elif (now := history.to_json(field, stored.row[name])) == new:
            values[name] = old
        elif now != old:
            left[name] = message_text("operation.field_changed", label=field.label)
    return values, left


def check_untouched(transaction: Transaction, entry: Written) -> None:
    """Raises `Refused` when the record was written since by anything but the operation itself and its undoing."""
    own = (entry.operation, transaction.operation)
    others = or_(table.c.operation.is_(None), table.c.operation.not_in(own))
    here = (table.c.entity == entry.entity, table.c.record_id == entry.record_id, table.c.id > entry.id)
    if transaction.connection.execute(select(table.c.id).where(*here, others).limit(1)).first():
        raise Refused(message_text("operation.changed_since"))


def is_back(transaction: Transaction, entry: Written) -> bool:
    """Whether a deleted record is out of the bin already, as what belongs to another comes back with that one."""
    rows = transaction.model.table(entry.entity)
    here = (rows.c.id == entry.record_id, rows.c.deleted_at.is_(None))
    return transaction.connection.execute(select(rows.c.id).where(*here)).first() is not None


def take_back(write: Write, transaction: Transaction, entry: Written) -> Mapping[str, Text]:
    """The fields left alone, each with the reason. Raises `RecordNotFound`, `Refused`, `Invalid`."""
    if entry.entity not in transaction.model.entities:
        raise RecordNotFound
    if entry.kind == "updated":
        entity = transaction.entity(entry.entity)
        values, left = before(transaction, entity, transaction.stored(entity, entry.record_id), entry)
        if left and not values:
            raise Invalid(left)
        if values:
            write.change(entry.entity, entry.record_id, values)
        return left
    if entry.kind == "deleted" and is_back(transaction, entry):
        return {}
    check_untouched(transaction, entry)
    if entry.kind == "deleted":
        write.restore(entry.entity, entry.record_id)
    else:
        write.delete(entry.entity, entry.record_id)
    return {}
