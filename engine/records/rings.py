"""Links that make a tree: no record stands below itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Integer, literal, select, type_coerce

from engine.access.actor import Actor
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.rows import RowSource
from engine.records.transaction import Transaction, Values
from engine.schema.model import Entity, Field

DEEPEST = 50
"""Levels of a path that are read."""


def rings(transaction: Transaction, entity: Entity, values: Values, record_id: int) -> dict[str, Text]:
    """Errors of links that would put a record below itself, by field name."""
    given = (field for field in entity.fields.values() if values.get(field.name) is not None)
    trees = [field for field in given if is_tree(field) or _is_chain(entity, field)]
    return {
        field.name: message_text("value.ring", label=field.label)
        for field in trees
        if _is_below(transaction, field, values[field.name], record_id)
    }


def is_tree(field: Field) -> bool:
    return field.target == field.entity and field.settings.get("tree") is True


def _is_chain(entity: Entity, field: Field) -> bool:
    """Whom a user reports to, what a team is part of."""
    return entity.builtin and field.target == entity.name and not field.system


def _is_below(transaction: Transaction, field: Field, start: int, record_id: int) -> bool:
    """Whether `start` is the record or stands below it, whoever may see what lies between."""
    table = transaction.model.table(field.entity)
    up = select(literal(start, BigInteger()).label("id")).cte("up", recursive=True)
    above = table.c[field.name]
    up = up.union(select(above).join(up, up.c.id == table.c.id).where(above.is_not(None)))
    found = select(up.c.id).where(up.c.id == record_id).limit(1)
    return transaction.connection.execute(found).first() is not None


def path_statement(rows: RowSource, field: Field, title: str, ids: Sequence[int], actor: Actor):  # type: ignore[no-untyped-def]
    """(start, id, title, depth) of every record above those of `ids` that the actor may read, the nearest first."""
    table = rows.model.table(field.entity).alias()
    start = select(table.c.id.label("start"), table.c[field.name].label("id"), literal(1, Integer()).label("depth"))
    up = start.where(table.c.id.in_(ids), table.c[field.name].is_not(None)).cte("up", recursive=True)
    above = rows.model.table(field.entity).alias()
    step = select(up.c.start, above.c[field.name], type_coerce(up.c.depth + 1, Integer()))
    step = step.select_from(up.join(above, above.c.id == up.c.id))
    up = up.union_all(step.where(above.c[field.name].is_not(None), up.c.depth < DEEPEST))
    allowed = rows.allowed(actor, "read")
    found = select(up.c.start, rows.table.c.id, rows.table.c[title].label("title"), up.c.depth)
    found = found.select_from(rows.joined.join(up, up.c.id == rows.table.c.id))
    return found.where(allowed, rows.table.c.deleted_at.is_(None)).order_by(up.c.start, up.c.depth)


def paths(found: Sequence[Mapping[Any, Any]]) -> dict[int, tuple[tuple[int, str], ...]]:
    """For each record those above it, the topmost first."""
    above: dict[int, tuple[tuple[int, str], ...]] = {}
    for row in found:
        start = int(row["start"])
        above[start] = ((int(row["id"]), str(row["title"])), *above.get(start, ()))
    return above
