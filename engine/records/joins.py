"""Links made of records of their own: to link makes such a record, to unlink puts it into the bin, each under its own
rules and rights and with its own history. The record that has the field is not written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from sqlalchemy import select

from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Invalid, MoveRefused, RecordNotFound, Refused
from engine.records.rows import RowSource
from engine.records.transaction import Transaction, Values
from engine.schema.model import Entity, Field, Joint


class Writer(Protocol):
    def create(self, name: str, values: Values) -> int: ...

    def delete(self, name: str, record_id: int) -> None: ...


def parted(entity: Entity, row: Values) -> tuple[dict[str, Any], dict[str, Any]]:
    """What stands in the row itself, and what records of their own say."""
    through = {name: value for name, value in row.items() if name in entity.fields and entity.fields[name].joint}
    return {name: value for name, value in row.items() if name not in through}, through


def ordered(before: Sequence[int], wanted: Iterable[int]) -> tuple[int, ...] | None:
    """The wanted ids in the order they stand in, new ones behind them: the joining records have the order."""
    after = tuple(dict.fromkeys(wanted))
    return (*(each for each in before if each in after), *(each for each in after if each not in before)) or None


def seen(transaction: Transaction, field: Field, record_id: int, targets: Sequence[int]) -> set[int]:
    """Those of the linked records whose link the actor may see."""
    return {target for _, target in _joining(transaction, field, record_id, targets)}


def refused(transaction: Transaction, entity: Entity, wanted: Values, before: Values) -> dict[str, Text]:
    """Errors of links that the actor may not make at all."""
    errors = {}
    for name, after in wanted.items():
        joint = entity.fields[name].joint
        if joint is None or not _added(before.get(name), after):
            continue
        joining = transaction.entity(joint.entity)
        if joining.line_of is None and not transaction.model.policy.may_create(transaction.actor, joining.name):
            errors[name] = message_text("refused.create", entity=joining.plural)
    return errors


def write(
    writer: Writer, transaction: Transaction, entity: Entity, record_id: int, through: Values, before: Values
) -> None:
    """Make and bin the joining records that the fields in `through` ask for. Raises `Invalid`, for each field with what
    stands against it."""
    errors: dict[str, Text] = {}
    for name, after in through.items():
        field = entity.fields[name]
        gone = _added(after, before.get(name))
        try:
            for joining_id, _ in _joining(transaction, field, record_id, gone):
                writer.delete(_joint(field).entity, joining_id)
            for target in _added(before.get(name), after):
                writer.create(_joint(field).entity, {_joint(field).source: record_id, _joint(field).target: target})
        except (Invalid, Refused, MoveRefused, RecordNotFound) as refusal:
            errors[name] = _reason(transaction, field, refusal)
    if errors:
        raise Invalid(errors)


def _added(before: Sequence[int] | None, after: Sequence[int] | None) -> list[int]:
    return [each for each in after or () if each not in (before or ())]


def _joint(field: Field) -> Joint:
    assert field.joint is not None
    return field.joint


def _joining(transaction: Transaction, field: Field, record_id: int, targets: Sequence[int]) -> list[tuple[int, int]]:
    """(id, linked record) of the joining records the actor may see."""
    if not targets:
        return []
    rows, joint = RowSource(transaction.model, transaction.dialect, _joint(field).entity), _joint(field)
    columns = rows.table.c
    here = (columns[joint.source] == record_id, columns[joint.target].in_(targets), columns.deleted_at.is_(None))
    allowed = rows.allowed(transaction.actor, "read")
    statement = select(columns.id, columns[joint.target]).select_from(rows.joined).where(*here, allowed)
    found = transaction.connection.execute(statement.order_by(columns.id), transaction.parameters)
    return [(int(joining_id), int(target)) for joining_id, target in found]


def _reason(transaction: Transaction, field: Field, refusal: Exception) -> Text:
    joining = transaction.entity(_joint(field).entity)
    if isinstance(refusal, Invalid):
        return message_text("value.not_joined", entity=joining.label, reason=next(iter(refusal.errors.values())))
    if isinstance(refusal, Refused):
        return refusal.message
    return message_text("value.no_such_record", label=transaction.entity(field.targets[0]).label)
