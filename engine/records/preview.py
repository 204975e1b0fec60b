"""Computed values of a record that is being typed, and of its line items: worked out in memory as a write would leave
them, in the order of the plan. A value that is made of something nobody knows yet is empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from engine.expressions.exact import CONTEXT, divide
from engine.expressions.parse import Expression
from engine.expressions.tree import FieldPath
from engine.records.computed_row import value_of
from engine.records.draft import Draft, DraftLines
from engine.records.rows import Path
from engine.records.transaction import Stored, Transaction
from engine.records.view import RecordView
from engine.schema.computed import Rollup, fitting
from engine.schema.computed_order import Step
from engine.schema.model import Entity, Field

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Preview:
    """A record before it is written, with its line items."""

    transaction: Transaction
    entity: Entity
    stored: Stored | None
    head: Draft
    view: RecordView
    lines: Sequence[DraftLines]

    def work_out(self) -> None:
        """Every value that a write would work out, then those that are worked out when they are read."""
        for step in self.transaction.model.plan.steps:
            if step.rollup is not None and step.entity == self.entity.name:
                self._roll_up(step, step.rollup)
            elif step.rollup is None:
                self._formulas(step.entity, step.fields)
        for entity in {
            self.entity.name: self.entity,
            **{each.entity.name: each.entity for each in self.lines},
        }.values():
            self._formulas(entity.name, [field for field in entity.declared if field.worked_out_when_read])

    def _formulas(self, entity: str, fields: Iterable[Field]) -> None:
        for field in fields:
            if entity == self.entity.name:
                _formula(field, self.head, self.view, any(map(self._is_unknown, _reads(field))))
            for lines in self.lines:
                for draft in lines.there if lines.entity.name == entity else ():
                    unknown = any(lines.is_unknown(draft, path) for path in _reads(field))
                    _formula(field, draft, lines.view, unknown)

    def _is_unknown(self, path: Path) -> bool:
        return path[0] in self.head.unknown

    def _roll_up(self, step: Step, rollup: Rollup) -> None:
        """Rollups over line items and over links of the record itself; what is typed touches no others."""
        over, own = rollup.over, next((each for each in self.lines if each.place == rollup.over.place), None)
        if over.way == "members" and own is not None:
            paths = [path for field in step.fields for path in _paths(field)]
            if any(own.is_unknown(draft, path) for draft in own.there for path in paths):
                self._forget(step.fields)
            else:
                self._take(step.fields, [draft.row for draft in own.there], own.view)
        elif over.way == "linked" and over.link.name in self.head.unknown:
            self._forget(step.fields)
        elif over.way == "linked" and (ids := self._newly_linked(over.link)) is not None:
            self._take(step.fields, self._linked(over.entity, ids), self._view_of(over.entity))

    def _forget(self, fields: Iterable[Field]) -> None:
        names = [field.name for field in fields]
        self.head.row |= dict.fromkeys(names)
        self.head.unknown.update(names)

    def _take(self, fields: Iterable[Field], rows: Sequence[dict[str, Any]], view: RecordView) -> None:
        for field in fields:
            self.head.row[field.name] = rolled_up(field, rows, view)

    def _newly_linked(self, link: Field) -> list[int] | None:
        """The records that a field names; None where they are those it named before."""
        named, before = self.head.row.get(link.name), self.stored.row.get(link.name) if self.stored else None
        return None if named == before else [record_id for _, record_id in link.references(named)]

    def _linked(self, entity: str, ids: Sequence[int]) -> list[dict[str, Any]]:
        table = self.transaction.model.table(entity)
        rows: list[dict[str, Any]] = []
        for start in range(0, len(ids), CHUNK):
            here = (table.c.id.in_(ids[start : start + CHUNK]), table.c.deleted_at.is_(None))
            found = self.transaction.connection.execute(select(table).where(*here)).mappings()
            rows += [dict(row) for row in found]
        return sorted(rows, key=lambda row: (row["created_at"], row["id"]))

    def _view_of(self, entity: str) -> RecordView:
        return self.transaction.view(self.transaction.entity(entity))


def rolled_up(field: Field, rows: Sequence[dict[str, Any]], view: RecordView) -> Any:
    """What rows in their order come to: as `computed_rollups` has it of the stored ones."""
    rollup = field.computed.rollup if field.computed else None
    if rollup is None:
        return None
    view.preload({path for path in _paths(field) if len(path) > 1}, rows)
    counted = [row for row in rows if rollup.where is None or view.judge(rollup.where, row)]
    value = rollup.value
    if value is None or not isinstance(value.tree, FieldPath):
        return fitting(field, Decimal(len(counted)))
    path = value.tree.path
    values = [found for row in counted if (found := view.read(row, path, value.names)) is not None]
    return fitting(field, _taken(rollup.function, values))


def _taken(function: str, values: Sequence[Any]) -> Any:
    if function in ("count", "distinct"):
        return Decimal(len(values if function == "count" else set(values)))
    if function == "sum":
        return _sum(values)
    if not values:
        return None
    if function == "avg":
        return divide(_sum(values), Decimal(len(values)))
    if function in ("first", "last"):
        return values[0 if function == "first" else -1]
    return min(values) if function == "min" else max(values)


def _sum(values: Iterable[Any]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = CONTEXT.add(total, value)
    return total


def _formula(field: Field, draft: Draft, view: RecordView, unknown: bool) -> None:
    """A snapshot is taken with the row itself, when its link is set."""
    computed = field.computed
    if unknown:
        draft.row[field.name] = None
        draft.unknown.add(field.name)
    elif computed is not None and computed.snapshot is None:
        draft.row[field.name] = value_of(field, draft.row, view)


def _reads(field: Field) -> Iterator[Path]:
    if field.computed is not None and field.computed.expression is not None:
        yield from field.computed.expression.names


def _paths(field: Field) -> Iterator[Path]:
    """What a rollup reads of each of its records."""
    rollup = field.computed.rollup if field.computed else None
    expressions: tuple[Expression | None, ...] = (rollup.value, rollup.where) if rollup else ()
    for expression in expressions:
        yield from expression.names if expression else ()
