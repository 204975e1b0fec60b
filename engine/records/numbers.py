"""Numbers the engine gives new records, from a counter for each field and period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from engine.database.system_tables import sequence
from engine.records.transaction import Transaction
from engine.schema.model import Entity, Field

INSERT: Mapping[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def given(transaction: Transaction, entity: Entity) -> dict[str, str]:
    """The number of each numbered field for a record that is about to be written."""
    return given_to(transaction, entity, 1)[0]


def given_to(transaction: Transaction, entity: Entity, count: int) -> list[dict[str, str]]:
    """The numbers of each of `count` records that are about to be written, in order."""
    numbers = {field.name: _next(transaction, field, count) for field in entity.declared if field.numbered}
    return [{name: given[place] for name, given in numbers.items()} for place in range(count)]


def _next(transaction: Transaction, field: Field, count: int) -> list[str]:
    """Without gaps the counter stays locked until the transaction ends, and a rollback gives the number back. With
    gaps allowed it is raised aside, where the database can: nobody waits for the transaction of somebody else."""
    numbering, day = field.type.numbering(field), transaction.moment.today
    if numbering is None:
        raise LookupError(f"{field.entity}.{field.name} has no numbers")
    place = (field.entity, field.name, numbering.period(day))
    if transaction.aside is None or numbering.gap_free:
        last = raise_counter(transaction.connection, place, count)
    else:
        with transaction.aside() as connection:
            last = raise_counter(connection, place, count)
    return [numbering.text(day, number) for number in range(last - count + 1, last + 1)]


def raise_counter(connection: Connection, place: tuple[str, str, str], by: int = 1) -> int:
    """The counter of (entity, field, period) after it was raised, in one statement; a new one begins with 0."""
    entity, field, period = place
    start = INSERT[connection.dialect.name](sequence).values(entity=entity, field=field, period=period, last=by)
    raised = start.on_conflict_do_update(
        index_elements=[sequence.c.entity, sequence.c.field, sequence.c.period],
        set_={"last": sequence.c.last + by},
    )
    return int(connection.execute(raised.returning(sequence.c.last)).scalar_one())
