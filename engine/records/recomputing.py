"""Every computed value of a workspace worked out anew, page by page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from engine.records.computed_cascade import work_out
from engine.records.transaction import Transaction
from engine.schema.computed_order import Place, Plan, Step

PAGE = 500
KEPT = 20


@dataclass(slots=True)
class Found:
    """How many values of a field were wrong, and the first records that had them."""

    wrong: int
    ids: list[int]


def fill(transaction: Transaction, wanted: Collection[Place]) -> None:
    """Work out fields of every record, and what is made of them, within one transaction."""
    for step in steps_of(transaction.model.plan, wanted):
        last: int | None = 0
        while last is not None:
            last = page(transaction, step, last, {})


def page(transaction: Transaction, step: Step, after: int, found: Mapping[Place, Found]) -> int | None:
    """Work out a step for the next records behind `after`: the last of them, None when there are no more."""
    table = transaction.model.table(step.entity)
    here = (table.c.id > after, table.c.deleted_at.is_(None))
    statement = select(table.c.id).where(*here).order_by(table.c.id).limit(PAGE)
    ids = list(transaction.connection.execute(statement).scalars())
    for change in work_out(transaction, step, ids) if ids else ():
        for name, value in change.values.items():
            place = found.get((step.entity, name))
            if place is not None and change.row[name] != value:
                place.wrong += 1
                place.ids += [change.id] if len(place.ids) < KEPT else []
    return ids[-1] if len(ids) == PAGE else None


def steps_of(plan: Plan, wanted: Collection[Place] | None) -> list[Step]:
    """The steps with the wanted fields and with all that is made of them, in order. What a snapshot said when its link
    was set nobody can work out again."""
    return list(_steps(plan, None if wanted is None else set(wanted)))


def _steps(plan: Plan, wanted: set[Place] | None) -> Iterator[Step]:
    for step in plan.steps:
        fields = tuple(field for field in step.fields if field.computed and not field.computed.snapshot)
        if wanted is not None and not wanted.intersection(each.place for each in step.inputs):
            fields = tuple(field for field in fields if (field.entity, field.name) in wanted)
        if fields:
            if wanted is not None:
                wanted |= {(field.entity, field.name) for field in fields}
            yield replace(step, fields=fields)
