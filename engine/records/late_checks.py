"""Checks that read what is summed up over other records: judged at the end of a write, when those sums are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from sqlalchemy import select

from engine.locale.text import Text, sentences
from engine.records.errors import Invalid
from engine.records.transaction import Transaction
from engine.schema.computed_order import Plan
from engine.schema.model import Check, Entity

CHUNK = 500


def late_fields(plan: Plan, entity: Entity) -> frozenset[str]:
    """The fields that follow from other records: rollups, and formulas that read one."""
    found = {field.name for field in plan.rollups.get(entity.name, ())}
    for field in plan.own.get(entity.name, ()) if found else ():
        expression = field.computed.expression if field.computed else None
        if expression is not None and not expression.reads.isdisjoint(found):
            found.add(field.name)
    return frozenset(found)


def judge(transaction: Transaction) -> None:
    """Judge the records that the writes so far have moved. Raises `Invalid`."""
    moved, transaction.touched.moved = transaction.touched.moved, {}
    for name, records in moved.items():
        entity = transaction.model.entities.get(name)
        late = late_fields(transaction.model.plan, entity) if entity is not None and entity.checks else frozenset()
        checks = [check for check in entity.checks if not check.reads.isdisjoint(late)] if entity and late else []
        if entity is not None and checks:
            _judge(transaction, entity, checks, records)


def _judge(transaction: Transaction, entity: Entity, checks: Sequence[Check], records: Mapping[int, Set[str]]) -> None:
    ids = [each for each, names in records.items() if any(not check.reads.isdisjoint(names) for check in checks)]
    table, view = transaction.model.table(entity.name), transaction.view(entity)
    for start in range(0, len(ids), CHUNK):
        here = (table.c.id.in_(ids[start : start + CHUNK]), table.c.deleted_at.is_(None))
        for row in transaction.connection.execute(select(table).where(*here)).mappings().all():
            found: dict[str, list[Text]] = {}
            for check in checks:
                if not check.reads.isdisjoint(records[row["id"]]) and view.judge(check.never, dict(row)):
                    found.setdefault(check.beside or "", []).append(check.error)
            if found:
                raise Invalid({name: sentences(texts) for name, texts in found.items()})
