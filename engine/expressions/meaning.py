"""What the operators mean on Python values: numbers are int or Decimal, null is None, text is never empty."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from engine.expressions.exact import add, divide, multiply, negate, subtract

_FIRST_DAY = date.min.toordinal()
_LAST_DAY = date.max.toordinal()


def add_days(day: date | None, days: int | Decimal | None) -> date | None:
    """Null before the year 1 and after the year 9999."""
    if day is None or days is None:
        return None
    ordinal = day.toordinal() + int(days)
    return date.fromordinal(ordinal) if _FIRST_DAY <= ordinal <= _LAST_DAY else None


def days_between(later: date | None, earlier: date | None) -> int | None:
    return None if later is None or earlier is None else (later - earlier) // timedelta(days=1)


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _plus(left: Any, right: Any) -> Any:
    return add_days(left, right) if _is_day(left) else add(left, right)


def _minus(left: Any, right: Any) -> Any:
    if _is_day(right):
        return days_between(left, right)
    return add_days(left, negate(right)) if _is_day(left) else subtract(left, right)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def run(left: Any, right: Any) -> bool:
        return left is not None and right is not None and compare(left, right)

    return run


def _is_member(value: Any, members: Any) -> bool:
    return bool(members) and value in members


def _is_no_member(value: Any, members: Any) -> bool:
    return not _is_member(value, members)


OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: _plus,
    ast.Sub: _minus,
    ast.Mult: multiply,
    ast.Div: divide,
    ast.USub: negate,
    ast.Not: operator.not_,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: _ordered(operator.lt),
    ast.LtE: _ordered(operator.le),
    ast.Gt: _ordered(operator.gt),
    ast.GtE: _ordered(operator.ge),
    ast.In: _is_member,
    ast.NotIn: _is_no_member,
}
