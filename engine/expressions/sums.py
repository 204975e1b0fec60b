"""Sums and products of stored numbers, compared as whole numbers: what SQLite can do by itself where they are not huge.

`amount - cost > 20000` becomes a comparison of stored cents, which is a hundred times as fast as our own arithmetic."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from decimal import Decimal

from sqlalchemy import BigInteger, and_, literal

from engine.expressions import stored
from engine.expressions.exact import CONTEXT
from engine.expressions.size import QUOTIENT_PLACES
from engine.expressions.stored import Condition, Element
from engine.expressions.tree import FieldPath

Key = tuple[int, tuple[str, ...]]
Sum = Mapping[tuple[Key, ...], Decimal]
"""For each product of fields its factor; the empty product is the constant part."""
MOST_PRODUCTS, MOST_FIELDS = 8, 2
LARGEST = 2**63 - 1
USUAL = 10**8
"""Stored numbers up to this, a million with two decimal places, must not pass the bound, or it is not worth while."""


class Sums:
    """Reads sums out of checked trees; `scale_of` gives the places of a field that is stored as a whole number."""

    def __init__(self, scale_of: Callable[[ast.expr], int | None]) -> None:
        self._scale_of = scale_of
        self.fields: dict[Key, FieldPath] = {}

    def read(self, node: ast.expr) -> Sum | None:
        """None for what is more than sums and products, or could be rounded."""
        if isinstance(node, ast.Constant):
            return {(): node.value} if isinstance(node.value, Decimal) else None
        if isinstance(node, FieldPath):
            return self._field(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return _times(self.read(node.operand), {(): Decimal(-1)})
        if not isinstance(node, ast.BinOp):
            return None
        left, right = self.read(node.left), self.read(node.right)
        if isinstance(node.op, ast.Mult):
            return _times(left, right)
        if isinstance(node.op, ast.Div):
            return self._over(left, right)
        return difference(left, right) if isinstance(node.op, ast.Sub) else _plus(left, right)

    def _field(self, node: FieldPath) -> Sum | None:
        if self._scale_of(node) is None:
            return None
        key = (node.level, node.path)
        self.fields[key] = node
        return {(key,): Decimal(1)}

    def _over(self, sum: Sum | None, divisor: Sum | None) -> Sum | None:
        """A division by a constant that leaves nothing to round."""
        if sum is None or divisor is None or set(divisor) != {()} or not divisor[()]:
            return None
        inverse = CONTEXT.divide(Decimal(1), divisor[()]).normalize(CONTEXT)
        if _places(inverse) > QUOTIENT_PLACES:
            return None
        found = _times(sum, {(): inverse})
        return found if found is None or self.places(found) <= QUOTIENT_PLACES else None

    def places(self, sum: Sum) -> int:
        return max((_places(factor) + self._scale(product) for product, factor in sum.items()), default=0)

    def _scale(self, product: tuple[Key, ...]) -> int:
        return sum(self._scale_of(self.fields[key]) or 0 for key in product)

    def compared(
        self, op: ast.cmpop, difference: Sum, column: Callable[[FieldPath], Element]
    ) -> tuple[Condition, Condition] | None:
        """Where the numbers are small enough, and there the comparison of `difference` with 0; None when that is hardly
        ever so."""
        places = self.places(difference)
        factors = {
            product: int(CONTEXT.scaleb(factor, places - self._scale(product)))
            for product, factor in difference.items()
        }
        largest = USUAL
        if sum(abs(factor) * largest ** len(product) for product, factor in factors.items()) > LARGEST:
            return None
        if max(map(len, factors)) == 1:
            largest = (LARGEST - abs(factors.get((), 0))) // max(
                sum(abs(factor) for product, factor in factors.items() if product), 1
            )
        columns = {key: stored.as_whole(column(field)) for key, field in self.fields.items()}
        small = and_(*(whole.between(_whole(-largest), _whole(largest)) for whole in columns.values()))
        total: Element = _whole(factors.pop((), 0))
        for product, factor in factors.items():
            part: Element = _whole(factor)
            for key in product:
                part = part * columns[key]
            total = total + part
        return small, stored.compare(op, total, _whole(0))


def _plus(left: Sum | None, right: Sum | None) -> Sum | None:
    if left is None or right is None:
        return None
    found = dict(left)
    for product, factor in right.items():
        found[product] = CONTEXT.add(found.get(product, Decimal(0)), factor)
    return found if len(found) <= MOST_PRODUCTS else None


def difference(left: Sum | None, right: Sum | None) -> Sum | None:
    return _plus(left, _times(right, {(): Decimal(-1)}))


def _times(left: Sum | None, right: Sum | None) -> Sum | None:
    if left is None or right is None or len(left) * len(right) > MOST_PRODUCTS:
        return None
    found: dict[tuple[Key, ...], Decimal] = {}
    for one, factor in left.items():
        for other, by in right.items():
            product = tuple(sorted((*one, *other)))
            if len(product) > MOST_FIELDS:
                return None
            found[product] = CONTEXT.add(found.get(product, Decimal(0)), CONTEXT.multiply(factor, by))
    return found


def _places(number: Decimal) -> int:
    return max(-int(number.as_tuple().exponent), 0)


def _whole(value: int) -> Element:
    return literal(value, BigInteger())
