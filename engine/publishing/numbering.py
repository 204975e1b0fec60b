"""Records that were there before their field of automatic numbers: they are numbered in the order they were made."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, MetaData, bindparam, select, update

from engine.records.numbers import raise_counter
from engine.schema.model import Field
from engine.schema.tables import PREFIX

CHUNK = 1000


def number_existing(connection: Connection, tables: MetaData, field: Field, time_zone: str) -> None:
    """Those in the bin too: they may come back."""
    numbering = field.type.numbering(field)
    if numbering is None:
        return
    table, zone = tables.tables[PREFIX + field.entity], ZoneInfo(time_zone)
    found = connection.execute(select(table.c.id, table.c.created_at).order_by(table.c.created_at, table.c.id)).all()
    counted: Counter[str] = Counter()
    numbered = []
    for row_id, created_at in found:
        day = created_at.astimezone(zone).date()
        counted[numbering.period(day)] += 1
        number = numbering.text(day, counted[numbering.period(day)])
        numbered.append({"row_id": row_id, field.name: number, **field.type.companions(number, field)})
    names = [column.name for column in field.type.columns(field)]
    statement = update(table).where(table.c.id == bindparam("row_id")).values({name: bindparam(name) for name in names})
    remaining = iter(numbered)
    while chunk := list(islice(remaining, CHUNK)):
        connection.execute(statement, chunk)
    for period, count in counted.items():
        raise_counter(connection, (field.entity, field.name, period), count)
