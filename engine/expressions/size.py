"""How large a computed number can get, known before it runs: numbers stay exact, so they need a bound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from engine.expressions.types import Type

LARGEST = 300
"""Most digits before and after the decimal point; an expression that could pass it is refused."""
QUOTIENT_PLACES = 12


@dataclass(frozen=True, slots=True)
class Size:
    """At most `digits` digits before the decimal point and `places` after it."""

    digits: int
    places: int

    @property
    def bounded(self) -> bool:
        return max(self.digits, self.places) <= LARGEST

    def plus(self, other: Size) -> Size:
        return Size(max(self.digits, other.digits) + 1, max(self.places, other.places))

    def times(self, other: Size) -> Size:
        return Size(self.digits + other.digits, self.places + other.places)

    def over(self, other: Size) -> Size:
        """The smallest divisor that is not zero is one unit in its last place."""
        return Size(self.digits + other.places + 1, QUOTIENT_PLACES)


WHOLE = Size(19, 0)
NO_SIZE = Size(1, 0)
UNKNOWN_SIZE = Size(40, 20)


def of_column(type: Type) -> Size:
    """A stored number is a whole number of 64 bits, shifted by its scale."""
    return UNKNOWN_SIZE if type.scale is None else Size(max(19 - type.scale, 1), type.scale)


def of_literal(value: Decimal) -> Size:
    _, digits, exponent = value.as_tuple()
    places = -int(exponent)
    return Size(max(len(digits) - places, 1), max(places, 0))


def widest(sizes: Iterable[Size], places: int | None = None) -> Size:
    """Room for any of `sizes`; `places` when the result is rounded to that many."""
    found = NO_SIZE
    for size in sizes:
        found = Size(max(found.digits, size.digits), max(found.places, size.places))
    return found if places is None else Size(max(found.digits + 1, 19), places)
