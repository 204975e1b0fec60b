"""Which record names which: the pairs of a field that names several, from a table of their own or from the records that
join the two."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Text, case, cast, func, select, type_coerce

from engine.database.connection import Dialect
from engine.records.model import RecordModel
from engine.schema.columns import Gathered
from engine.schema.line_order import POSITION
from engine.schema.model import Field


def pairs_of(model: RecordModel, field: Field) -> FromClause:
    """The columns source, target and position of every pair, whoever may see the record that joins it. What lies in
    the bin joins nothing. Each call gives another FROM."""
    if field.joint is None:
        return model.link_table(field)
    return joined(model.table(field.joint.entity).alias(), field).subquery()


def joined(
    rows: FromClause, field: Field, source: FromClause | None = None, *where: ColumnElement[bool]
) -> Select[Any]:
    """The pairs among the joining `rows`, read from `source` as far as `where` holds."""
    assert field.joint is not None
    columns = rows.c
    near, far = columns[field.joint.source], columns[field.joint.target]
    place: ColumnElement[Any] = columns.id
    if POSITION in columns:
        place = case((columns[POSITION].is_(None), columns.id), else_=columns[POSITION])
    found = select(columns.id.label("id"), near.label("source"), far.label("target"), place.label("position"))
    here = (columns.deleted_at.is_(None), near.is_not(None), far.is_not(None), *where)
    return found.select_from(rows if source is None else source).where(*here)


def ids_of(model: RecordModel, dialect: Dialect, field: Field, source: FromClause) -> ColumnElement[Any]:
    """The ids that a row of `source` names through joining records, as a value of its own: there is no column."""
    pairs = pairs_of(model, field)
    make, gather = functions(dialect)
    found = select(gather(make(pairs.c.position, pairs.c.target))).where(pairs.c.source == source.c.id)
    return type_coerce(cast(found.correlate(source).scalar_subquery(), Text()), Gathered())


def functions(dialect: Dialect) -> tuple[Any, Any]:
    """What makes a JSON list of values, and of rows."""
    if dialect == "postgresql":
        return func.json_build_array, func.json_agg
    return func.json_array, func.json_group_array
