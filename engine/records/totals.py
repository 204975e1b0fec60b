"""What stands below a column: the sum, average, smallest or largest of its values, or how many there are; exact.

A total is named by its field, for the sum, or by `<kind>:<field>`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context as Precision, Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, func, type_coerce

from engine.records.rows import RowSource
from engine.schema.columns import ScaledDecimal
from engine.schema.model import Entity, Field

HALF = 10**9
WIDE = Precision(prec=60, rounding=ROUND_HALF_UP)
ONCE: Mapping[str, Callable[..., ColumnElement[Any]]] = {"min": func.min, "max": func.max, "count": func.count}


@dataclass(frozen=True, slots=True)
class Aggregate:
    """How many records there are, and each total asked for by its name."""

    count: int
    sums: Mapping[str, Any]


def total_name(field: str, kind: str) -> str:
    return field if kind == "sum" else f"{kind}:{field}"


def total_columns(rows: RowSource, name: str) -> list[ColumnElement[Any]]:
    """The result columns a total is read from."""
    kind, field = _parted(name)
    column = rows.value(field)
    if kind in ONCE:
        return [ONCE[kind](column).label(f"{field}__{kind}")]
    if kind == "average":
        return [*sum_columns(column, field, "average_"), func.count(column).label(f"{field}__filled")]
    return sum_columns(column, field)


def read_total(row: Mapping[Any, Any], entity: Entity, name: str) -> Any:
    """The total in a row; None where there is nothing to take it of."""
    kind, field = _parted(name)
    if kind in ONCE:
        return row[f"{field}__{kind}"]
    if kind == "sum":
        return read_sum(row, entity.fields[field])
    filled = row[f"{field}__filled"]
    return WIDE.divide(Decimal(read_sum(row, entity.fields[field], "average_")), Decimal(filled)) if filled else None


def sum_columns(column: ColumnElement[Any], field: str, prefix: str = "") -> list[ColumnElement[Any]]:
    """The sum in two halves, `<field>__high` and `<field>__low`: a sum of large numbers does not fit 64 bits."""
    whole = type_coerce(column, BigInteger())
    halves = {"high": whole.op("/")(HALF), "low": whole % HALF}
    return [func.coalesce(func.sum(part), 0).label(f"{field}__{prefix}{name}") for name, part in halves.items()]


def read_sum(row: Mapping[Any, Any], field: Field, prefix: str = "") -> int | Decimal:
    """The sum of a field in a row that `sum_columns` gave; exact."""
    total = int(row[f"{field.name}__{prefix}high"]) * HALF + int(row[f"{field.name}__{prefix}low"])
    kind = field.type.columns(field)[0].type
    return Decimal(total).scaleb(-kind.scale, WIDE) if isinstance(kind, ScaledDecimal) else total


def _parted(name: str) -> tuple[str, str]:
    kind, parted, field = name.rpartition(":")
    return (kind, field) if parted else ("sum", field)
