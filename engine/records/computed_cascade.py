"""Computed values are kept right in the transaction of the write that changes them, through any depth.

Each step of the plan is worked out once, for all the records that were touched: the values it is made of come before.
What the engine writes here is no change by anybody: no new version, no history, no activity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update

from engine.expressions.evaluate import evaluate
from engine.locale.catalogue import message_text
from engine.records import holding
from engine.records.computed_reach import reached
from engine.records.computed_rollups import rollup_values
from engine.records.computed_touch import Touched
from engine.records.errors import Invalid
from engine.records.ledger import find_again, guarded, with_companions
from engine.records.rows import Path, RowSource
from engine.records.transaction import Transaction
from engine.schema.computed import fitting, is_too_large
from engine.schema.computed_order import Step
from engine.schema.matching import matched_fields
from engine.schema.model import Entity, Field

CHUNK = 500
VALUE = "value__"


@dataclass(frozen=True, slots=True)
class Change:
    """A record with its values as they were kept and as they are."""

    row: Mapping[str, Any]
    values: Mapping[str, Any]

    @property
    def id(self) -> int:
        return int(self.row["id"])


def settle(transaction: Transaction) -> None:
    """Work out every value that the writes so far have touched. Raises `Invalid` when one repeats that must not, or is
    too large a number."""
    touched, plan = transaction.touched, transaction.model.plan
    if not touched.rows and not touched.whole:
        return
    for step in plan.steps:
        ids = _held(transaction, step, touched)
        for start in range(0, len(ids), CHUNK):
            for change in work_out(transaction, step, ids[start : start + CHUNK], _with_room):
                names = [name for name, value in change.values.items() if change.row[name] != value]
                touched.was(step.entity, change.id, {name: change.row[name] for name in names})
                touched.written(plan, step.entity, change.id, names, [change.row])
    touched.clear()


def _held(transaction: Transaction, step: Step, touched: Touched) -> list[int]:
    """The records a step is worked out for. While a tree is waited for, somebody may have put a branch elsewhere."""
    ids = sorted(reached(transaction, step, touched))
    while ids and step.rollup is not None and step.rollup.over.way == "tree" and not holding.is_alone(transaction):
        holding.hold(transaction, step.entity, ids)
        found = sorted(reached(transaction, step, touched))
        if found == ids:
            break
        ids = found
    return ids


def _with_room(field: Field, value: Any) -> Any:
    """Raises `Invalid` for a number that is too large: whoever writes must hear of it."""
    if is_too_large(field, value):
        raise Invalid({"": message_text("computed.too_large", label=field.label)})
    return fitting(field, value)


def work_out(
    transaction: Transaction, step: Step, ids: Sequence[int], kept: Callable[[Field, Any], Any] = fitting
) -> list[Change]:
    """Those of the records whose values were not right; they are by then, as they are `kept`."""
    rows = _kept(transaction, step, ids)
    there = [int(row["id"]) for row in rows]
    if step.rollup is not None:
        values = rollup_values(transaction, step.fields, there, kept) if there else {}
    else:
        values = {int(row["id"]): _formulas(transaction, step.fields, row, kept) for row in rows}
    changes = [Change(row, values[int(row["id"])]) for row in rows]
    wrong = [each for each in changes if any(each.row[name] != value for name, value in each.values.items())]
    if wrong:
        _write(transaction, transaction.entity(step.entity), step.fields, wrong)
    return wrong


def _kept(transaction: Transaction, step: Step, ids: Sequence[int]) -> list[dict[str, Any]]:
    """The records outside the bin as they stand, locked until the end: their values, what formulas read, and the links
    by which they are rolled up. They are locked first: a statement that waits sees what lies behind links as it was."""
    paths = _paths(step)
    if any(len(path) > 1 for path in paths):
        holding.hold(transaction, step.entity, ids)
    rows = RowSource(transaction.model, transaction.dialect, step.entity)
    links = (link.name for link in transaction.model.plan.ends.get(step.entity, ()))
    names = dict.fromkeys([*(field.name for field in step.fields), *links])
    columns = [rows.table.c.id, *(rows.table.c[name] for name in names)]
    columns += [rows.column(path).label(VALUE + ".".join(path)) for path in paths]
    here = (rows.table.c.id.in_(ids), rows.table.c.deleted_at.is_(None))
    statement = select(*columns).select_from(rows.joined).where(*here).order_by(rows.table.c.id)
    if transaction.dialect == "postgresql":
        statement = statement.with_for_update(of=rows.table, key_share=True)
    return [dict(row) for row in transaction.connection.execute(statement, transaction.parameters).mappings()]


def _paths(step: Step) -> list[Path]:
    expressions = (field.computed.expression for field in step.fields if field.computed)
    return sorted({path for expression in expressions if expression for path in expression.names})


def _formulas(
    transaction: Transaction, fields: Iterable[Field], row: Mapping[str, Any], kept: Callable[[Field, Any], Any]
) -> dict[str, Any]:
    found = {}
    for field in fields:
        expression = field.computed.expression if field.computed else None
        if expression is not None:
            value = evaluate(expression, lambda path: row[VALUE + ".".join(path)], transaction.moment)
            found[field.name] = kept(field, value)
    return found


def _write(transaction: Transaction, entity: Entity, fields: Sequence[Field], wrong: Sequence[Change]) -> None:
    table = transaction.model.table(entity.name)
    values = [{"row_id": each.id, **with_companions(entity, each.values)} for each in wrong]
    columns = [name for name in values[0] if name != "row_id"]
    statement = update(table).where(table.c.id == bindparam("row_id"))
    statement = statement.values({name: bindparam(name) for name in columns})
    guarded(entity, lambda: transaction.connection.execute(statement, values))
    names = {field.name for field in fields}
    found_by = {
        entity.title,
        *(field.name for field in entity.declared if field.search),
        *matched_fields(entity.matching),
    }
    if names & found_by:
        _find_again(transaction, entity, wrong)


def _find_again(transaction: Transaction, entity: Entity, wrong: Sequence[Change]) -> None:
    """Records are found by their computed values too."""
    table, before = transaction.model.table(entity.name), {each.id: each for each in wrong}
    statement = select(table).where(table.c.id.in_(list(before)))
    rows = [dict(row) for row in transaction.connection.execute(statement).mappings()]
    find_again(transaction, entity, [(row, before[int(row["id"])].values) for row in rows])
