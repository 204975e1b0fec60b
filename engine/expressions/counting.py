"""`count` and `exists` in SQL: a subquery about each row. A number that does not matter is not counted."""

from __future__ import annotations

import ast
from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Protocol

from sqlalchemy import BigInteger, ColumnElement, Select, false, func, literal, not_, true

from engine.expressions.tree import Path
from engine.expressions.types import Rows

Element = ColumnElement[Any]
Condition = ColumnElement[bool]
MANY = 2**31
"""More records than there are."""


class Related(Protocol):
    """The records that belong to a row, in a statement about that row."""

    def column(self, path: Path) -> Any:
        """The column of a path of such a record."""
        ...

    def select(self, what: Element, where: Condition | None) -> Select[Any]:
        """`what` of those outside the bin that meet a condition."""
        ...


Relate = Callable[[Rows, Any], Related]
"""From which records, and what they belong to (None for every record of an entity)."""


def number(related: Related, where: Condition | None) -> Element:
    return related.select(func.count(type_=BigInteger()), where).scalar_subquery()


def some(related: Related, where: Condition | None) -> Condition:
    return related.select(literal(1), where).exists()


def compared(op: ast.cmpop, related: Related, where: Condition | None, value: Decimal) -> Condition:
    """The number of records beside a constant, two-valued."""
    floor = int(min(max(value, Decimal(-1)), Decimal(MANY)).to_integral_value(ROUND_FLOOR))
    whole = value == floor
    if isinstance(op, ast.Eq | ast.NotEq):
        same = _exactly(floor, related, where) if whole else false()
        return same if isinstance(op, ast.Eq) else not_(same)
    least = floor if whole and isinstance(op, ast.GtE | ast.Lt) else floor + 1
    enough = _at_least(least, related, where)
    return enough if isinstance(op, ast.Gt | ast.GtE) else not_(enough)


def _at_least(least: int, related: Related, where: Condition | None) -> Condition:
    if least <= 0:
        return true()
    return some(related, where) if least == 1 else number(related, where) >= literal(least, BigInteger())


def _exactly(wanted: int, related: Related, where: Condition | None) -> Condition:
    if wanted < 0:
        return false()
    return number(related, where) == literal(wanted, BigInteger()) if wanted else not_(some(related, where))
