"""Types and elements of SQL that a translated expression is made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, Date, DateTime, Dialect, Numeric, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import TypeDecorator, TypeEngine

from engine.expressions.types import Kind


class CanonicalNumber(TypeDecorator[Decimal]):
    """A computed number on SQLite: decimal text."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class DaysBetween(FunctionElement[Decimal]):
    """The later date minus the earlier one, on PostgreSQL, as a number of days."""

    type = Numeric()
    inherit_cache = True


@compiles(DaysBetween)
def _write_days_between(element: DaysBetween, compiler: SQLCompiler, **options: Any) -> str:
    later, earlier = (compiler.process(operand, **options) for operand in element.clauses)
    return f"CAST(({later}) - ({earlier}) AS NUMERIC)"


class ShiftedDay(FunctionElement[date]):
    """A date moved by days on PostgreSQL; null outside the years 1 to 9999. The shift is held to values just outside
    the calendar, which become null, so that each operand is written once."""

    type = Date()
    inherit_cache = True


@compiles(ShiftedDay)
def _write_shifted_day(element: ShiftedDay, compiler: SQLCompiler, **options: Any) -> str:
    day, days = (compiler.process(operand, **options) for operand in element.clauses)
    held = f"least(greatest(({day}) - DATE '0001-01-01' + ({days}), -1), 3652059)"
    return f"(DATE '0001-01-01' + CAST(nullif(nullif({held}, -1), 3652059) AS INTEGER))"


class Given(FunctionElement[Any]):
    """A formula of PostgreSQL over operands that it calls a, b, c …, each of which is written once. It has no %."""

    _traverse_internals = [
        *FunctionElement._traverse_internals,
        ("formula", InternalTraversal.dp_string),
        ("type", InternalTraversal.dp_type),
    ]
    inherit_cache = True

    def __init__(self, formula: str, type: TypeEngine[Any], *operands: ColumnElement[Any]) -> None:
        super().__init__(*operands)
        self.formula = formula
        self.type = type


@compiles(Given)
def _write_given(element: Given, compiler: SQLCompiler, **options: Any) -> str:
    operands = [compiler.process(operand, **options) for operand in element.clauses]
    named = ", ".join(f"{operand} AS {name}" for operand, name in zip(operands, "abcdef", strict=False))
    return f"(SELECT {element.formula} FROM (SELECT {named}) AS given)"


def in_calendar(day: str) -> str:
    """A formula whose date is null outside the years 1 to 9999."""
    bounded = "CASE WHEN day BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN day END"
    return f"(SELECT {bounded} FROM (SELECT CAST({day} AS DATE) AS day) AS found)"


class DayOf(FunctionElement[date]):
    """The day of a moment by the clocks of a time zone."""

    type = Date()
    inherit_cache = True

    @property
    def moment(self) -> ColumnElement[Any]:
        return next(iter(self.clauses))


@compiles(DayOf, "sqlite")
def _write_day_on_sqlite(element: DayOf, compiler: SQLCompiler, **options: Any) -> str:
    return f"crm_date_of({', '.join(compiler.process(operand, **options) for operand in element.clauses)})"


@compiles(DayOf)
def _write_day(element: DayOf, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(Given(in_calendar("timezone(b, a)"), Date(), *element.clauses), **options)


SQL_TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.NULL: Text(),
    Kind.BOOLEAN: Boolean(),
    Kind.NUMBER: Numeric(),
    Kind.TEXT: Text(),
    Kind.CHOICE: Text(),
    Kind.DATE: Date(),
    Kind.DATETIME: DateTime(timezone=True),
    Kind.RECORD: BigInteger(),
    Kind.PARTS: Text(),
    Kind.LIST: Text(),
}
