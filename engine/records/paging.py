"""Paging by key: a cursor holds the sort values and the id of the row a page ends with."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, and_, false, or_

Keys = Sequence[tuple[ColumnElement[Any], bool]]
"""The columns a list is sorted by, the id last, each with whether it descends."""


class BadCursor(ValueError):
    """The text is no cursor of ours."""


def encode(values: Sequence[Any]) -> str:
    """The cursor of a row as text for a URL."""
    tagged = [_tag(value) for value in values]
    return base64.urlsafe_b64encode(json.dumps(tagged).encode()).decode().rstrip("=")


def decode(cursor: str, count: int) -> tuple[Any, ...]:
    """The values of a cursor for `count` sort columns. Raises `BadCursor`."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = tuple(_untag(item) for item in json.loads(base64.urlsafe_b64decode(padded)))
    except (ValueError, binascii.Error, TypeError, ArithmeticError, KeyError) as error:
        raise BadCursor(cursor) from error
    if len(values) != count:
        raise BadCursor(cursor)
    return values


def ordering(keys: Keys, backwards: bool) -> list[UnaryExpression[Any]]:
    """Empties last in both directions; the whole order turned round when `backwards`."""
    ordered = []
    for column, descending in keys:
        direction = column.desc() if descending != backwards else column.asc()
        ordered.append(direction.nulls_first() if backwards else direction.nulls_last())
    return ordered


def beyond(keys: Keys, values: Sequence[Any], backwards: bool) -> ColumnElement[bool]:
    """The rows after the one with `values` (before it, when `backwards`)."""
    choices, same = [], []
    for (column, descending), value in zip(keys, values, strict=True):
        choices.append(and_(*same, _past(column, descending, value, backwards)))
        same.append(column.is_(None) if value is None else column == value)
    return or_(*choices)


def _past(column: ColumnElement[Any], descending: bool, value: Any, backwards: bool) -> ColumnElement[bool]:
    if value is None:
        return column.is_not(None) if backwards else false()
    further = column < value if descending != backwards else column > value
    return further if backwards else or_(further, column.is_(None))


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
    return {"t": datetime.fromisoformat, "d": date.fromisoformat, "n": Decimal}[tag](text)
