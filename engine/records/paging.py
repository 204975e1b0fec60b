"""Paging by key: a cursor holds the sort values and the id of the row a page ends with."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Date, Integer, String, UnaryExpression, and_, false, literal, or_

from engine.schema.columns import LARGEST, ScaledDecimal, UtcDateTime

Keys = Sequence[tuple[ColumnElement[Any], bool]]
"""The columns a list is sorted by, the id last, each with whether it descends."""
Part = tuple[ColumnElement[bool], Sequence[UnaryExpression[Any]]]
"""Rows of a list that follow each other: their condition and their order."""


DIGITS = 18
"""Of a stored number: what 64 bits always hold."""
SURROGATE = re.compile(r"[\ud800-\udfff]")


READERS: Mapping[str, Callable[[str], Any]] = {"t": datetime.fromisoformat, "d": date.fromisoformat, "n": Decimal}


class BadCursor(ValueError):
    """The text is no cursor of ours."""


def encode(values: Sequence[Any]) -> str:
    """The cursor of a row as text for a URL."""
    tagged = [_tag(value) for value in values]
    return base64.urlsafe_b64encode(json.dumps(tagged).encode()).decode().rstrip("=")


def decode(cursor: str, keys: Keys) -> tuple[Any, ...]:
    """The values of a cursor for a list sorted by `keys`. Raises `BadCursor`."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = tuple(_untag(item) for item in json.loads(base64.urlsafe_b64decode(padded)))
    except (ValueError, TypeError, ArithmeticError, KeyError, RecursionError) as error:
        raise BadCursor(cursor) from error
    if len(values) != len(keys) or not all(map(_fits, keys, values)):
        raise BadCursor(cursor)
    return values


def ordering(keys: Keys, backwards: bool) -> list[UnaryExpression[Any]]:
    """Empties last in both directions; the whole order turned round when `backwards`."""
    ordered = []
    for column, descending in keys:
        direction = column.desc() if descending != backwards else column.asc()
        if getattr(column, "nullable", True):
            direction = direction.nulls_first() if backwards else direction.nulls_last()
        ordered.append(direction)
    return ordered


def parts(keys: Keys, values: Sequence[Any], backwards: bool) -> list[Part]:
    """The rows beyond those with `values`, or all rows where there are none, in parts that follow each other. Each is
    one range of an index that begins with the first key; one condition for all of them would be none."""
    (first, descending), rest = keys[0], keys[1:]
    down, within = descending != backwards, ordering(rest, backwards)
    found: list[Part] = []
    range_: ColumnElement[bool] = first.is_not(None)
    if values:
        value, further = values[0], beyond(rest, values[1:], backwards)
        found.append((and_(first.is_(None) if value is None else first == _mark(first, value), further), within))
        if value is not None:
            range_ = first < _mark(first, value) if down else first > _mark(first, value)
        elif not backwards:
            return found
    found.append((range_, [first.desc() if down else first.asc(), *within]))
    return found if backwards else [*found, (first.is_(None), within)]


def beyond(keys: Keys, values: Sequence[Any], backwards: bool) -> ColumnElement[bool]:
    """The rows after the one with `values` (before it, when `backwards`)."""
    choices: list[ColumnElement[bool]] = []
    same: list[ColumnElement[bool]] = []
    for (column, descending), value in zip(keys, values, strict=True):
        choices.append(and_(*same, _past(column, descending, value, backwards)))
        same.append(column.is_(None) if value is None else column == _mark(column, value))
    return or_(*choices)


def _past(column: ColumnElement[Any], descending: bool, value: Any, backwards: bool) -> ColumnElement[bool]:
    if value is None:
        return column.is_not(None) if backwards else false()
    mark = _mark(column, value)
    further = column < mark if descending != backwards else column > mark
    return further if backwards else or_(further, column.is_(None))


def _mark(column: ColumnElement[Any], value: Any) -> ColumnElement[Any]:
    """A value to compare the column with, or the parameter that stands for it."""
    return value if isinstance(value, ColumnElement) else literal(value, column.type)


def _fits(key: tuple[ColumnElement[Any], bool], value: Any) -> bool:
    """Whether a value can be compared with the column on every database."""
    kind = key[0].type
    match value:
        case None:
            return True
        case bool():
            return isinstance(kind, Boolean)
        case str():
            return isinstance(kind, String) and "\0" not in value and not SURROGATE.search(value)
        case Decimal():
            return isinstance(kind, ScaledDecimal) and value.is_finite() and value.adjusted() + kind.scale < DIGITS
        case int():
            return isinstance(kind, Integer) and abs(value) < LARGEST
        case datetime():
            return isinstance(kind, UtcDateTime) and value.tzinfo is not None and 1 < value.year < 9999
        case date():
            return isinstance(kind, Date)
    return False


def _tag(value: Any) -> Any:
    match value:
        case datetime():
            return {"t": value.isoformat()}
        case date():
            return {"d": value.isoformat()}
        case Decimal():
            return {"n": str(value)}
        case _:
            return value


def _untag(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    ((tag, text),) = item.items()
    return READERS[tag](text)
