"""What stands below the columns of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from engine.expressions.types import Kind
from engine.forms.model import Column
from engine.records.totals import total_name
from engine.web.desk import Desk

LABELS = {"sum": "list.sum", "average": "list.average", "min": "list.min", "max": "list.max", "count": "list.filled"}
OF_DAYS = {"min": "list.earliest", "max": "list.latest"}
"""How the least and the greatest of days are called."""


def totals_of(columns: Iterable[Column]) -> list[str]:
    """The names of the totals that the columns ask for."""
    return [total_name(column.field.name, column.total) for column in columns if column.total]


def total_of(column: Column, totals: Mapping[str, Any]) -> Any:
    return totals.get(total_name(column.field.name, column.total)) if column.total else None


def total_label(desk: Desk, column: Column) -> str:
    days = column.field.type.expression_type(column.field).kind in (Kind.DATE, Kind.DATETIME)
    return desk.say(OF_DAYS[column.total] if days and column.total in OF_DAYS else LABELS[column.total or "sum"])


def total_text(desk: Desk, column: Column, value: Any) -> str:
    """The average of whole numbers has two places, every other total those of its field."""
    field, formats = column.field, desk.formats
    if column.total == "count":
        return formats.number(value)
    if column.total in ("min", "max"):
        return field.type.format_short(value, field, formats)
    if column.total == "average" and field.type.widget == "number" and not field.type.expression_type(field).scale:
        return formats.number(Decimal(value), 2)
    return field.type.format(field.type.from_expression(value, field), field, formats)
