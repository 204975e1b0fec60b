"""A range of days as it is stored: `2026-01-01/2026-02-01`, an open side as a day before or after all others."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Dialect, Text, func
from sqlalchemy.types import TypeDecorator, TypeEngine

from engine.schema.columns import as_text

OPEN_START, OPEN_END = "0000-00-00", "9999-99-99"
WIDTH = len(OPEN_START)


class DayRange(NamedTuple):
    """Both days included; None is an open side."""

    first: date | None
    last: date | None


class DaySpan(TypeDecorator[DayRange]):
    """A column of ranges, in the order of their first days."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        return dialect.type_descriptor(Text(collation="C") if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: DayRange | None, dialect: Dialect) -> str | None:
        return None if value is None else f"{value[0] or OPEN_START}/{value[1] or OPEN_END}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> DayRange | None:
        if value is None:
            return None
        first, _, last = value.partition("/")
        return DayRange(
            None if first == OPEN_START else date.fromisoformat(first),
            None if last == OPEN_END else date.fromisoformat(last),
        )


def first_day(column: ColumnElement[Any]) -> ColumnElement[str]:
    """As ISO text, which compares like the days themselves."""
    return func.substr(as_text(column), 1, WIDTH, type_=Text())


def last_day(column: ColumnElement[Any]) -> ColumnElement[str]:
    return func.substr(as_text(column), WIDTH + 2, WIDTH, type_=Text())
