"""Rules that read what is summed up over other records: judged at the end of a write, when those sums are right."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select

from engine.locale.text import Text
from engine.records import rules
from engine.records.errors import Invalid
from engine.records.ledger import update_row
from engine.records.transaction import Transaction, Values
from engine.records.view import RecordView
from engine.schema.computed_order import Plan
from engine.schema.model import Entity

CHUNK = 500
Changed = Mapping[int, Set[str]]
"""Record -> its fields that were written or worked out anew."""


def late_fields(plan: Plan, entity: Entity) -> frozenset[str]:
    """The fields that follow from other records: rollups, and formulas that read one."""
    found = {field.name for field in plan.rollups.get(entity.name, ())}
    for field in plan.own.get(entity.name, ()) if found else ():
        expression = field.computed.expression if field.computed else None
        if expression is not None and not expression.reads.isdisjoint(found):
            found.add(field.name)
    return frozenset(found)


def waiting(transaction: Transaction, entity: Entity, values: Values, *, with_lines: bool) -> frozenset[str]:
    """The sums that a write of these values, and of line items beside them, moves only after the row is judged."""
    if not with_lines and transaction.backlog is None and not any(_gathers(entity, name) for name in values):
        return frozenset()
    return late_fields(transaction.model.plan, entity)


def _gathers(entity: Entity, name: str) -> bool:
    return name in entity.fields and entity.fields[name].type.kept_apart


def late_errors(
    entity: Entity,
    row: Values,
    changed: Set[str] | None,
    late: Set[str],
    view: RecordView,
    unknown: Set[str] = frozenset(),
) -> dict[str, Text]:
    """What the rules that read one of the `late` fields say about a row in which these are right, whatever its fields
    `unknown` are."""

    def asks(reads: Set[str]) -> bool:
        return reads_one(late, reads) and unknown.isdisjoint(reads)

    errors = rules.broken_rules(entity, row, changed, view, asks)
    return rules.broken_checks(entity, row, changed, errors.keys(), view, asks) | errors


def reads_one(late: Set[str], reads: Set[str]) -> bool:
    return not late.isdisjoint(reads)


def judge(transaction: Transaction) -> bool:
    """Judge the records that the writes so far have moved; whether something was written because a field became
    hidden. Raises `Invalid`."""
    touched = transaction.touched
    moved, before = touched.moved, touched.before
    touched.moved, touched.before = {}, {}
    emptied = False
    for name, records in moved.items():
        entity = transaction.model.entities.get(name)
        late = late_fields(transaction.model.plan, entity) if entity is not None else frozenset()
        if entity is not None and late:
            here = _concerned(entity, late, records)
            emptied |= _Late(transaction, entity, late, before.get(name, {})).judge(here)
    return emptied


def _concerned(entity: Entity, late: Set[str], records: Changed) -> Changed:
    """The records of which something was changed that a late rule reads, or that has one."""
    names = {name for check in entity.checks if reads_one(late, check.reads) for name in check.reads}
    for field in entity.declared:
        reads = {n for rule in (field.required, field.visible, field.validate) if rule is not None for n in rule.reads}
        names |= {field.name, *reads} if reads_one(late, reads) else set()
    return {record_id: changed for record_id, changed in records.items() if not names.isdisjoint(changed)}


@dataclass(frozen=True, slots=True)
class _Late:
    transaction: Transaction
    entity: Entity
    late: frozenset[str]
    before: Mapping[int, Mapping[str, Any] | None]

    def judge(self, records: Changed) -> bool:
        """Whether a field was emptied that became hidden."""
        ids, table, emptied = sorted(records), self.transaction.model.table(self.entity.name), False
        for start in range(0, len(ids), CHUNK):
            here = (table.c.id.in_(ids[start : start + CHUNK]), table.c.deleted_at.is_(None))
            for row in self.transaction.connection.execute(select(table).where(*here)).mappings().all():
                emptied |= self._judge_row(dict(row), records[int(row["id"])])
        return emptied

    def _judge_row(self, row: dict[str, Any], changed: Set[str]) -> bool:
        before = self.before.get(row["id"])
        view = self.transaction.view(self.entity, before=None if before is None else {**row, **before})
        shown = rules.without_hidden(self.entity, row, changed, view, partial(reads_one, self.late))
        if errors := late_errors(self.entity, shown, changed, self.late, view):
            raise Invalid(errors)
        emptied = {name: None for name, value in shown.items() if value != row[name]}
        if emptied:
            update_row(self.transaction, self.entity, row, emptied)
        return bool(emptied)
