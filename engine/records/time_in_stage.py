"""Since when a record has been in its stage, beside its other columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, func, select

from engine.database.system_tables import stage_entry
from engine.records.rows import RowSource
from engine.schema.model import Field

ENTERED = "entered__"
"""The result column with the moment since which a row is in its stage."""


def since(
    rows: RowSource, field: Field, fits: Callable[[ColumnElement[Any]], ColumnElement[bool]]
) -> ColumnElement[bool]:
    """Whether the moment since which a row is in its stage fits: entries are found by it, not row by row."""
    entry = stage_entry.c
    now = (entry.entity == rows.entity) & (entry.field == field.name) & entry.left_at.is_(None)
    return rows.table.c.id.in_(select(entry.record_id).where(now, fits(entry.entered_at)))


def entered(rows: RowSource, field: Field) -> ColumnElement[Any]:
    """The moment the row came into the stage it is in; null where nobody knows."""
    here = (stage_entry.c.entity == rows.entity) & (stage_entry.c.record_id == rows.table.c.id)
    now = (stage_entry.c.field == field.name) & stage_entry.c.left_at.is_(None)
    return select(func.max(stage_entry.c.entered_at)).where(here, now).correlate(rows.table).scalar_subquery()
