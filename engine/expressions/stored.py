"""Comparisons that stay on stored columns, so that an index can answer them: whole numbers against scaled constants.

A column whose type has a `scale` holds value * 10^scale as a whole number of 64 bits."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, and_, false, literal, or_, true, tuple_, type_coerce
from sqlalchemy.types import TypeDecorator

from engine.expressions.exact import CONTEXT

Element = ColumnElement[Any]
Condition = ColumnElement[bool]
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


def stored_scale(column: Element) -> int | None:
    """The places of a number stored as a whole number; None when it is stored otherwise."""
    kind = column.type
    if isinstance(kind, TypeDecorator):
        scale = getattr(kind, "scale", None)
        return scale if isinstance(scale, int) and isinstance(kind.impl_instance, Integer) else None
    return 0 if isinstance(kind, Integer) else None


def as_whole(column: Element) -> Element:
    return type_coerce(column, BigInteger())


def present(column: Element) -> Condition:
    return column.is_not(None)


def compare(op: ast.cmpop, left: Element, right: Element) -> Condition:
    """The bare comparison: null where an operand is."""
    signs: dict[type[ast.cmpop], Condition] = {
        ast.Lt: left < right,
        ast.LtE: left <= right,
        ast.Gt: left > right,
        ast.GtE: left >= right,
        ast.Eq: left == right,
        ast.NotEq: left != right,
    }
    return signs[type(op)]


def known(op: ast.cmpop, column: Element, value: Element) -> Condition:
    """A comparison of a column with what is never null. Two-valued, and an index can answer it."""
    if isinstance(op, ast.NotEq):
        return or_(column.is_(None), compare(op, column, value))
    return and_(present(column), compare(op, column, value))


def with_constant(op: ast.cmpop, column: Element, scale: int, value: Decimal) -> Condition:
    """A stored number against a constant of any size and any number of places."""
    scaled = CONTEXT.scaleb(value, scale)
    floor = int(scaled.to_integral_value(ROUND_FLOOR, CONTEXT))
    whole = as_whole(column)
    if isinstance(op, ast.Eq | ast.NotEq):
        if floor != scaled or not _SMALLEST <= floor <= _LARGEST:
            return false() if isinstance(op, ast.Eq) else true()
        return known(op, whole, _whole(floor))
    if floor != scaled:
        op = ast.LtE() if isinstance(op, ast.Lt | ast.LtE) else ast.Gt()
    if _SMALLEST <= floor <= _LARGEST:
        return known(op, whole, _whole(floor))
    below = floor > _LARGEST
    return present(column) if below == isinstance(op, ast.Lt | ast.LtE) else false()


def among_constants(column: Element, scale: int, values: Iterable[Decimal]) -> Condition:
    scaled = [CONTEXT.scaleb(value, scale) for value in values]
    wholes = [int(value) for value in scaled if value == int(value) and _SMALLEST <= value <= _LARGEST]
    whole = as_whole(column)
    return and_(present(whole), whole.in_(wholes)) if wholes else false()


def with_column(op: ast.cmpop, left: Element, scale: int, right: Element, other: int) -> Condition:
    """Two stored numbers. With different scales the finer one is split by the coarser one's unit, never multiplied."""
    one, two = as_whole(left), as_whole(right)
    if scale == other:
        if isinstance(op, ast.Eq):
            return one.is_not_distinct_from(two)
        if isinstance(op, ast.NotEq):
            return one.is_distinct_from(two)
        return and_(present(one), present(two), compare(op, one, two))
    if scale > other:
        return with_column(_MIRRORED[type(op)](), right, other, left, scale)
    unit = _whole(10 ** (other - scale))
    coarse, fine = tuple_(one, _whole(0)), tuple_(two.op("/")(unit), two % unit)
    both = and_(present(one), present(two))
    if isinstance(op, ast.Eq):
        return or_(and_(both, one == two.op("/")(unit), two % unit == 0), and_(one.is_(None), two.is_(None)))
    if isinstance(op, ast.NotEq):
        return and_(or_(one.is_(None), two.is_(None), coarse != fine), or_(present(one), present(two)))
    return and_(both, compare(op, coarse, fine))


_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.Eq,
    ast.NotEq: ast.NotEq,
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
}


def mirrored(op: ast.cmpop) -> ast.cmpop:
    """The comparison that says the same with its sides exchanged."""
    return _MIRRORED[type(op)]()


def _whole(value: int) -> Element:
    return literal(value, BigInteger())
