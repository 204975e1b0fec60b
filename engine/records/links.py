"""Links of a record: what they may point at; values no two records may share; what points at a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, exists, select

from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records import linked
from engine.records.foresight import Foresight
from engine.records.rows import RowSource
from engine.records.transaction import Transaction, Values
from engine.schema.field_type import Reference
from engine.schema.model import Entity, Field

Group = tuple[tuple[str, ...], tuple[str, ...]]
"""(field names, column names) of what is unique together."""
CHUNK = 500
NAMED = "named"
"""The parameter with the id of the record a link names."""


def dangling(transaction: Transaction, entity: Entity, values: Values, before: Values) -> dict[str, Text]:
    """Errors of links to records that do not exist, are in the bin, may not be seen by the actor or not be chosen. What
    a field named `before` among others it may go on naming."""
    errors = {}
    for name, value in values.items():
        field = entity.fields[name]
        if field.target and value is not None and not _may_name(transaction, field, value):
            errors[name] = message_text("value.no_such_record", label=transaction.entity(field.target).label)
        if field.targets and (missing := _missing(transaction, field, value, before.get(name))):
            errors[name] = message_text("value.no_such_record", label=transaction.entity(missing).label)
    return errors


def _missing(transaction: Transaction, field: Field, value: Any, before: Any) -> str | None:
    """The entity of the first newly named record that may not be named."""
    known = field.references(before)
    added = [reference for reference in field.references(value) if reference not in known]
    seen = _seen(transaction, field, added) if added else set()
    return next((entity for entity, record_id in added if (entity, record_id) not in seen), None)


def _seen(transaction: Transaction, field: Field, references: Sequence[Reference]) -> set[Reference]:
    foresight = transaction.foresight
    if foresight is None:
        return linked.visible(transaction, references, field.link_filter)
    known = {reference: foresight.may_name(field, reference) for reference in references}
    asked = [reference for reference, answer in known.items() if answer is None]
    found = linked.visible(transaction, asked, field.link_filter) if asked else set()
    for reference in asked:
        foresight.learn(field, reference, reference in found)
    return found | {reference for reference, answer in known.items() if answer}


def _may_name(transaction: Transaction, field: Field, record_id: int) -> bool:
    foresight, reference = transaction.foresight, (field.target or "", record_id)
    known = foresight.may_name(field, reference) if foresight else None
    if known is None:
        known = _visible(transaction, field, record_id)
        if foresight:
            foresight.learn(field, reference, known)
    return known


def _visible(transaction: Transaction, field: Field, record_id: int) -> bool:
    actor = transaction.actor

    def build() -> Select[Any]:
        rows = RowSource(transaction.model, transaction.dialect, field.target or "")
        here = [rows.table.c.id == bindparam(NAMED, type_=BigInteger()), rows.table.c.deleted_at.is_(None)]
        here.append(rows.allowed(actor, "read"))
        if field.link_filter is not None:
            here.append(rows.condition(field.link_filter))
        return select(rows.table.c.id).select_from(rows.joined).where(*here)

    key = "visible", field.entity, field.name, actor.roles, actor.unlimited
    statement = transaction.model.statements.get(key, field, build)
    return transaction.connection.execute(statement, {**transaction.parameters, NAMED: record_id}).first() is not None


def is_taken(transaction: Transaction, entity: Entity, row: Values, columns: Sequence[str], record_id: int) -> bool:
    """Whether another record outside the bin has the same values; an empty one is never the same."""
    if any(row.get(column) is None for column in columns):
        return False
    if transaction.foresight is not None:
        return bool(_holders(transaction, transaction.foresight, entity, row, columns) - {record_id})
    table = transaction.model.table(entity.name)
    same = [table.c[column] == row[column] for column in columns]
    others = exists().where(table.c.id != record_id, table.c.deleted_at.is_(None), *same)
    return bool(transaction.connection.execute(select(others)).scalar())


def _holders(
    transaction: Transaction, foresight: Foresight, entity: Entity, row: Values, columns: Sequence[str]
) -> set[int]:
    place, values = (entity.name, tuple(columns)), tuple(row[column] for column in columns)
    known = foresight.holders(place, values)
    if known is None:
        table = transaction.model.table(entity.name)
        same = [table.c[column] == row[column] for column in columns]
        statement = select(table.c.id).where(table.c.deleted_at.is_(None), *same)
        known = set(transaction.connection.execute(statement).scalars())
    return foresight.known_holders(place, values, known)


def pointing(
    transaction: Transaction, field: Field, ids: Sequence[int], state: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """The rows whose `field` points at one of `ids` and whose columns have the values of `state`, whoever may see
    them: what the engine itself does in the wake of a write."""
    table = transaction.model.table(field.entity)
    for start in range(0, len(ids), CHUNK):
        among: ColumnElement[bool] = table.c[field.name].in_(ids[start : start + CHUNK])
        same = [table.c[name].is_(None) if value is None else table.c[name] == value for name, value in state.items()]
        statement = select(table).where(among, *same).order_by(table.c.id)
        yield from (dict(row) for row in transaction.connection.execute(statement).mappings())
