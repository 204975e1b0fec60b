"""From what was touched to the records whose computed values it touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, select

from engine.records.computed_touch import Touched
from engine.records.rows import RowSource
from engine.records.transaction import Transaction
from engine.schema.computed import Over
from engine.schema.computed_order import Input, Step
from engine.schema.model import Field

CHUNK = 500


def reached(transaction: Transaction, step: Step, touched: Touched) -> set[int]:
    """The records of the step's entity whose values are to be worked out anew."""
    found = set() if _is_snapshot(step) else set(touched.whole.get(step.entity, ()))
    for each in step.inputs:
        own = each.over is None and not each.via
        rows = (touched.unjudged if own and step.rollup is None else touched.rows).get(each.place)
        if rows:
            found |= _from(transaction, step, each, rows, touched)
    return found


def _is_snapshot(step: Step) -> bool:
    return any(field.computed is not None and field.computed.snapshot for field in step.fields)


def _from(transaction: Transaction, step: Step, each: Input, rows: set[int], touched: Touched) -> set[int]:
    over = each.over
    if over is None:
        return rows if not each.via else _naming(transaction, step.entity, each, rows)
    if each.via:
        found = _members_naming(transaction, over, each, rows)
    elif over.way == "linked":
        found = _linking(transaction, over.link, rows)
    else:
        ends = touched.ends.get(over.place, {})
        found = {end for row in rows for end in ends.get(row, ())}
    return _with_those_above(transaction, over.link, found) if over.way == "tree" else found


def _naming(transaction: Transaction, entity: str, each: Input, rows: Iterable[int]) -> set[int]:
    """The records from which links lead to one of `rows`."""
    source = RowSource(transaction.model, transaction.dialect, entity)
    column = source.column(each.via)
    return _found(transaction, select(source.table.c.id).select_from(source.joined), column, rows)


def _members_naming(transaction: Transaction, over: Over, each: Input, rows: Iterable[int]) -> set[int]:
    """The same for those a rollup is over: what they count for."""
    members = RowSource(transaction.model, transaction.dialect, over.entity)
    column = members.column(each.via)
    if not over.link.type.kept_apart:
        ends = select(members.table.c[over.link.name]).select_from(members.joined)
        return _found(transaction, ends, column, rows)
    pairs = transaction.model.link_table(over.link)
    end, member = (pairs.c.source, pairs.c.target) if over.way == "linked" else (pairs.c.target, pairs.c.source)
    joined = members.joined.join(pairs, member == members.table.c.id)
    return _found(transaction, select(end).select_from(joined), column, rows)


def _linking(transaction: Transaction, link: Field, rows: Iterable[int]) -> set[int]:
    pairs = transaction.model.link_table(link)
    return _found(transaction, select(pairs.c.source), pairs.c.target, rows)


def _with_those_above(transaction: Transaction, link: Field, rows: Iterable[int]) -> set[int]:
    """The records and all above them in their tree."""
    table, found = transaction.model.table(link.entity), set[int]()
    for part in _parts(rows):
        first, above = table.alias(), table.alias()
        start = select(first.c.id, first.c[link.name].label("up")).where(first.c.id.in_(part))
        path = start.cte("above", recursive=True)
        path = path.union(select(above.c.id, above.c[link.name]).join(path, above.c.id == path.c.up))
        found |= set(transaction.connection.execute(select(path.c.id)).scalars())
    return found


def _found(transaction: Transaction, statement: Select[Any], column: Any, rows: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for part in _parts(rows):
        answers = transaction.connection.execute(statement.where(column.in_(part)).distinct()).scalars()
        found |= {int(each) for each in answers if each is not None}
    return found


def _parts(rows: Iterable[int]) -> Iterator[Sequence[int]]:
    ordered = sorted(rows)
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))
