"""The records that became another one: what was written in them is read with it."""

from __future__ import annotations

from sqlalchemy import BigInteger, literal, select

from engine.access.actor import Actor
from engine.database.connection import Dialect
from engine.database.match_tables import merge
from engine.expressions.moment import Moment
from engine.records.history import Others
from engine.records.model import RecordModel
from engine.records.rows import RowSource


def gone_into(
    model: RecordModel, dialect: Dialect, actor: Actor, moment: Moment, entity: str, record_id: int
) -> Others:
    """As far as the actor could read them."""
    into = select(literal(record_id, BigInteger()).label("id")).cte("into", recursive=True)
    into = into.union(select(merge.c.record_id).join(into, merge.c.survivor == into.c.id))
    rows = RowSource(model, dialect, entity, alias=True)
    own = (rows.table.c.id.in_(select(into.c.id)), rows.table.c.id != record_id, rows.allowed(actor, "read"))
    ids = select(rows.table.c.id).select_from(rows.joined).where(*own)
    return Others(ids, moment.parameters)
