"""Links to a record that is merged are turned to the one it becomes, whoever may see them, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from sqlalchemy import ColumnElement, select

from engine.locale.catalogue import message_text
from engine.records import history
from engine.records.errors import Invalid, Refused
from engine.records.ledger import update_row
from engine.records.transaction import Transaction
from engine.schema.field_type import Reference
from engine.schema.model import Entity, Field

MOST = 5_000
"""Links turned in one merge: more would hold up everybody who writes."""
Turned = dict[str, Any]
"""One link: `entity`, `id`, `field`, and its value before and after as the history keeps it."""


def turn(transaction: Transaction, entity: Entity, gone: Sequence[int], stays: int) -> dict[int, list[Turned]]:
    """Turn every link to one of `gone`, but for those of the merged records themselves: the links by the first record
    they named. Raises `Refused` where two records would then have the same value that none may share."""
    turned: dict[int, list[Turned]] = {each: [] for each in gone}
    for field in _fields_to(transaction, entity.name):
        for row in _pointing(transaction, field, entity.name, gone):
            if field.entity == entity.name and int(row["id"]) in (*gone, stays):
                continue
            named = [record_id for name, record_id in field.references(row[field.name]) if name == entity.name]
            value = _turned(field, row[field.name], {(entity.name, each) for each in gone}, (entity.name, stays))
            turned[next(each for each in gone if each in named)].append(_write(transaction, field, row, value))
            if sum(map(len, turned.values())) > MOST:
                raise Refused(message_text("merge.too_many", count=MOST))
    return turned


def turn_back(transaction: Transaction, turned: Iterable[Mapping[str, Any]]) -> None:
    """Give links the value they had, where nobody has changed it since."""
    for link in turned:
        entity = transaction.model.entities.get(link["entity"])
        field = entity.fields.get(link["field"]) if entity else None
        if entity is None or field is None or not field.type.stored:
            continue
        table = transaction.model.table(entity.name)
        row = transaction.connection.execute(select(table).where(table.c.id == link["id"])).mappings().first()
        if row is not None and history.to_json(field, row[field.name]) == link["new"]:
            old = None if link["old"] is None else field.type.accept(link["old"], field)
            _write(transaction, field, dict(row), old)


def without(field: Field, value: Any, gone: frozenset[Reference]) -> Any:
    """A value of the surviving record that names none of the records that go into it."""
    if value is None or not (field.target or field.targets):
        return value
    kept = [reference for reference in field.references(value) if reference not in gone]
    if len(kept) == len(field.references(value)):
        return value
    return field.type.naming(kept) if field.targets else None


def _fields_to(transaction: Transaction, name: str) -> list[Field]:
    fields = (field for entity in transaction.model.entities.values() for field in entity.fields.values())
    own = (field for field in fields if not field.system and field.computed is None and field.joint is None)
    return [field for field in own if field.leads_to(name)]


def _pointing(transaction: Transaction, field: Field, name: str, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    """The rows whose field names one of the records, also those in the bin."""
    table = transaction.model.table(field.entity)
    found: ColumnElement[bool]
    if field.type.kept_apart:
        pairs = transaction.model.link_table(field)
        found = table.c.id.in_(select(pairs.c.source).where(pairs.c.target.in_(ids)))
    elif field.targets:
        found = (table.c[f"{field.name}__entity"] == name) & table.c[f"{field.name}__id"].in_(ids)
    else:
        found = table.c[field.name].in_(ids)
    statement = select(table).where(found).order_by(table.c.id)
    yield from (dict(row) for row in transaction.connection.execute(statement).mappings().all())


def _turned(field: Field, value: Any, gone: Set[Reference], stays: Reference) -> Any:
    if not field.targets:
        return stays[1]
    return field.type.naming([stays if each in gone else each for each in field.references(value)])


def _write(transaction: Transaction, field: Field, row: dict[str, Any], value: Any) -> Turned:
    entity = transaction.entity(field.entity)
    try:
        update_row(transaction, entity, row, {field.name: value})
    except Invalid as invalid:
        raise Refused(message_text("merge.clash", others=entity.plural)) from invalid
    pair = (history.to_json(field, row[field.name]), history.to_json(field, value))
    return {"entity": entity.name, "id": row["id"], "field": field.name, "old": pair[0], "new": pair[1]}
