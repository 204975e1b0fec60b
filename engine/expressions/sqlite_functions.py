"""What SQLite borrows from Python: the same functions, on canonical decimal text and ISO dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from engine.expressions.days import date_of
from engine.expressions.exact import CONTEXT, add, canonical, divide, multiply, negate, round_to, subtract
from engine.expressions.function import Function
from engine.expressions.functions import FUNCTIONS
from engine.expressions.meaning import add_days, days_between
from engine.expressions.moment import Reading
from engine.expressions.types import Kind

Reader = Callable[[Any], Any]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


_READ: dict[Kind, Reader] = {
    Kind.NUMBER: Decimal,
    Kind.DATE: date.fromisoformat,
    Kind.DATETIME: _moment,
    Kind.TEXT: str,
    Kind.CHOICE: str,
}
_BOUND: dict[Reading, Reader] = {
    "today": date.fromisoformat,
    "now": _moment,
    "zone": str,
    "first_weekday": int,
    "year_month": int,
    "year_day": int,
}


def _written(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | Decimal):
        return canonical(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else value or None


def _adapted(meaning: Callable[..., Any], *readers: Reader) -> Callable[..., Any]:
    """`meaning` on values as SQLite holds them; the last of `readers` serves all further arguments."""

    def run(*stored: Any) -> Any:
        values = [
            None if value is None else readers[min(position, len(readers) - 1)](value)
            for position, value in enumerate(stored)
        ]
        return _written(meaning(*values))

    return run


def _compare(left: str | None, right: str | None) -> int | None:
    if left is None or right is None:
        return None
    one, other = Decimal(left), Decimal(right)
    return (one > other) - (one < other)


def _scaled(stored: int | None, scale: int) -> str | None:
    return None if stored is None else canonical(Decimal(stored).scaleb(-scale))


def _whole(number: str | None, scale: int) -> int | None:
    """The whole number a column holds; nothing where it has no room."""
    if number is None:
        return None
    whole = int(round_to(CONTEXT.scaleb(Decimal(number), scale)))
    return whole if abs(whole) < 2**63 else None


def _number(stored: Any) -> str | None:
    return None if stored is None else canonical(Decimal(str(stored)))


def _local_day(text: str | None, zone: str) -> str | None:
    """The day of a moment in a time zone; PostgreSQL has this of its own."""
    return None if text is None else _moment(text).astimezone(ZoneInfo(zone)).date().isoformat()


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "crm_add": _adapted(add, _READ[Kind.NUMBER]),
    "crm_subtract": _adapted(subtract, _READ[Kind.NUMBER]),
    "crm_multiply": _adapted(multiply, _READ[Kind.NUMBER]),
    "crm_divide": _adapted(divide, _READ[Kind.NUMBER]),
    "crm_negate": _adapted(negate, _READ[Kind.NUMBER]),
    "crm_add_days": _adapted(add_days, _READ[Kind.DATE], _READ[Kind.NUMBER]),
    "crm_days_between": _adapted(days_between, _READ[Kind.DATE]),
    "crm_date_of": _adapted(date_of, _moment, str),
    "crm_compare": _compare,
    "crm_scaled": _scaled,
    "crm_number": _number,
    "crm_whole": _whole,
    "crm_local_day": _local_day,
}


def function_name(function: Function, kind: Kind) -> str:
    """The name in SQLite of a helper whose first argument is of `kind`."""
    return f"crm_{function.name}_{kind.value}"


def _helpers() -> Iterator[tuple[str, Callable[..., Any]]]:
    for function in FUNCTIONS.values():
        if function.sqlite is None:
            for kind in function.parameters[0].kinds:
                kinds = [item.kinds[0] if len(item.kinds) == 1 else kind for item in function.parameters]
                readers = [*(_READ[item] for item in kinds), *(_BOUND[name] for name in function.reads)]
                yield function_name(function, kind), _adapted(function.meaning, *readers)


def register_functions(connection: Any) -> None:
    """Give a new SQLite connection (sqlite3 or SQLAlchemy's adapter of it) the functions that `to_sql` calls."""
    for name, run in (*_OPERATIONS.items(), *_helpers()):
        connection.create_function(name, -1, run, deterministic=True)
