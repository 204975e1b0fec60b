"""Which fields a pivot can group by, and for how long."""

from __future__ import annotations

from engine.expressions.types import Kind
from engine.forms.columns import is_lines
from engine.schema.model import Field

PERIODS = ("day", "month", "quarter", "year")
GROUPED = (Kind.CHOICE, Kind.BOOLEAN, Kind.RECORD, Kind.DATE, Kind.DATETIME)


def can_group(field: Field) -> bool:
    """One value of few, or a day; and one that lists can be filtered by."""
    return not is_lines(field) and field.type.stored and field.type.expression_type(field).kind in GROUPED


def is_day(field: Field) -> bool:
    return field.type.expression_type(field).kind in (Kind.DATE, Kind.DATETIME)
