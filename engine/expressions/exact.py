"""Exact arithmetic on int and Decimal. Null in, null out; a division by zero is null."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal

from engine.expressions.size import QUOTIENT_PLACES

Number = int | Decimal
CONTEXT = Context(prec=2_000, rounding=ROUND_HALF_UP, Emax=100_000, Emin=-100_000)
_ROUNDING_UNIT = Decimal(2).scaleb(QUOTIENT_PLACES)


def _strict(operation: Callable[[Number, Number], Decimal]) -> Callable[[Number | None, Number | None], Decimal | None]:
    def run(left: Number | None, right: Number | None) -> Decimal | None:
        return None if left is None or right is None else operation(left, right)

    return run


add = _strict(CONTEXT.add)
subtract = _strict(CONTEXT.subtract)
multiply = _strict(CONTEXT.multiply)


def divide(left: Number | None, right: Number | None) -> Decimal | None:
    """The quotient to 12 decimal places, half away from zero."""
    if left is None or right is None or right == 0:
        return None
    above, below = CONTEXT.abs(left), CONTEXT.abs(right)
    twice = CONTEXT.multiply(below, 2)
    units = CONTEXT.divide_int(CONTEXT.fma(above, _ROUNDING_UNIT, below), twice)
    quotient = CONTEXT.scaleb(units, -QUOTIENT_PLACES)
    return quotient if (left < 0) == (right < 0) else CONTEXT.minus(quotient)


def negate(value: Number | None) -> Decimal | None:
    return None if value is None else CONTEXT.minus(value)


def round_to(value: Number, places: Number = 0) -> Decimal:
    """Half away from zero."""
    return CONTEXT.quantize(Decimal(value), Decimal(1).scaleb(-int(places)))


def canonical(value: Number) -> str:
    """The one text of a number: no exponent, no zeros at the end, no minus zero."""
    text = format(Decimal(value), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
