"""The values of an expression as SQL: fields, literals, arithmetic, calls. Conditions are in `sql.py`.

A computed number is NUMERIC on PostgreSQL and canonical decimal text on SQLite, where the arithmetic is our own.
Nothing that can nest is written twice, so a statement grows no faster than its text."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    Date,
    Numeric,
    Select,
    Text,
    bindparam,
    case,
    cast,
    false,
    func,
    literal,
    null,
    true,
    type_coerce,
)

from engine.expressions import stored
from engine.expressions.counting import Condition, Element, Relate, Related, number
from engine.expressions.elements import SQL_TYPES, DaysBetween, ShiftedDay
from engine.expressions.exact import CONTEXT, canonical
from engine.expressions.functions import FUNCTIONS
from engine.expressions.moment import bound
from engine.expressions.parse import Expression
from engine.expressions.size import QUOTIENT_PLACES
from engine.expressions.sqlite_functions import function_name
from engine.expressions.tree import FieldPath, Path, Quantified
from engine.expressions.types import Kind

SqlDialect = Literal["sqlite", "postgresql"]
Columns = tuple[Callable[[Path], Any], ...]
"""The columns of the row spoken of, then those of the rows outside it."""
_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "crm_add",
    ast.Sub: "crm_subtract",
    ast.Mult: "crm_multiply",
    ast.Div: "crm_divide",
}


class Values(ABC):
    """What an expression is made of, in one dialect."""

    def __init__(self, expression: Expression, columns: Columns, dialect: SqlDialect, relate: Relate) -> None:
        self.expression = expression
        self.types = expression.types
        self.sizes = expression.sizes
        self.columns = columns
        self.dialect = dialect
        self.relate = relate
        self.postgresql = dialect == "postgresql"

    def kind(self, node: ast.expr) -> Kind:
        return self.types[node].kind

    @abstractmethod
    def condition(self, node: ast.expr) -> Condition:
        """True or false, never null; null counts as false."""

    def value(self, node: ast.expr, kind: Kind) -> Element:
        """The value, null included; `kind` is the type of a literal null."""
        if isinstance(node, ast.Constant):
            return self.literal(node.value, kind)
        if isinstance(node, FieldPath):
            return self._field_value(node)
        if isinstance(node, Quantified) and node.counts:
            return self._number(number(*self.related(node)))
        if isinstance(node, ast.IfExp):
            return case((self.condition(node.test), self.value(node.body, kind)), else_=self.value(node.orelse, kind))
        if isinstance(node, ast.Call):
            return self.call(node, kind)
        if isinstance(node, ast.BinOp):
            return self._arithmetic(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            operand = self.value(node.operand, Kind.NUMBER)
            return -operand if self.postgresql else func.crm_negate(operand)
        return case((self.condition(node), true()), else_=false())

    def field(self, node: FieldPath) -> Element:
        """The column as it is stored."""
        return bindparam("me", type_=BigInteger()) if node.path == ("me",) else self.columns[node.level](node.path)

    def related(self, node: Quantified) -> tuple[Related, Condition | None]:
        """The records a `count` or an `exists` looks at, and its condition on them."""
        related = self.relate(node.rows, self._owner(node.owner))
        if node.where is None:
            return related, None
        columns = (related.column, *self.columns)
        return related, type(self)(self.expression, columns, self.dialect, self.relate).condition(node.where)

    def _owner(self, node: ast.expr | None) -> Any:
        if isinstance(node, FieldPath):
            return self.field(node)
        if isinstance(node, ast.Tuple):
            return [item.value for item in node.elts if isinstance(item, ast.Constant)]
        return literal(node.value, BigInteger()) if isinstance(node, ast.Constant) else None

    def compared_kind(self, node: ast.expr) -> Kind:
        """The kind of a node; NULL for a bound value that is missing."""
        return Kind.NULL if isinstance(node, ast.Constant) and node.value is None else self.kind(node)

    def _field_value(self, node: FieldPath) -> Element:
        """The column; one of the records that a field of several names: all one may ask is whether there is any."""
        column = self.field(node)
        if isinstance(column, Select):
            return column.limit(1).scalar_subquery()
        if node.textual:
            return func.nullif(column, "", type_=Text())
        return self._number(column) if self.kind(node) is Kind.NUMBER else column

    def _number(self, column: Element) -> Element:
        scale = stored.stored_scale(column)
        if self.postgresql:
            number = cast(column if scale is None else stored.as_whole(column), Numeric())
            return number * self.literal(Decimal(1).scaleb(-scale), Kind.NUMBER) if scale else number
        if scale == 0:
            return cast(stored.as_whole(column), Text())
        return func.crm_number(column) if scale is None else func.crm_scaled(stored.as_whole(column), scale)

    def literal(self, value: Any, kind: Kind) -> Element:
        if value is None:
            return cast(null(), SQL_TYPES[kind]) if self.postgresql else null()
        if isinstance(value, Decimal) and not self.postgresql:
            return literal(canonical(value), Text())
        if isinstance(value, Decimal):
            return cast(literal(value, Numeric()), Numeric())
        return literal(value, SQL_TYPES[kind if kind is not Kind.NULL else Kind.TEXT])

    def call(self, node: ast.Call, kind: Kind) -> Element:
        function = FUNCTIONS[called(node)]
        kinds = [self.kind(argument) for argument in node.args]
        shared = next((found for found in kinds if found is not Kind.NULL), kind)
        arguments = [
            self.value(argument, self._null_kind(function.parameter(position).kinds, shared))
            for position, argument in enumerate(node.args)
        ]
        arguments += map(bound, function.reads)
        if self.postgresql:
            return function.postgresql(*arguments)
        if function.sqlite is not None:
            return function.sqlite(*arguments)
        accepted = function.parameters[0].kinds
        first = shared if shared in accepted else accepted[0]
        result = Text() if self.kind(node) is Kind.NUMBER else SQL_TYPES[self.kind(node)]
        return type_coerce(getattr(func, function_name(function, first))(*arguments), result)

    @staticmethod
    def _null_kind(accepted: Sequence[Kind], shared: Kind) -> Kind:
        return shared if shared in accepted else accepted[0]

    def _arithmetic(self, node: ast.BinOp) -> Element:
        if Kind.DATE in (self.kind(node.left), self.kind(node.right)):
            return self._days(node)
        left, right = (self.value(node.left, Kind.NUMBER), self.value(node.right, Kind.NUMBER))
        if not self.postgresql:
            return type_coerce(getattr(func, _ARITHMETIC[type(node.op)])(left, right), Text())
        if isinstance(node.op, ast.Add):
            return left + right
        if isinstance(node.op, ast.Sub):
            return left - right
        return left * right if isinstance(node.op, ast.Mult) else self._quotient(node, left, right)

    def _quotient(self, node: ast.BinOp, left: Element, right: Element) -> Element:
        """PostgreSQL keeps as many places as its operands have: enough of them that rounding once more is exact."""
        one, other = self.sizes[node.left], self.sizes[node.right]
        places = QUOTIENT_PLACES + one.places + other.digits + other.places + 2
        widening = self.literal(CONTEXT.quantize(Decimal(1), Decimal(1).scaleb(-places)), Kind.NUMBER)
        return func.round((left * widening) / func.nullif(right, 0), QUOTIENT_PLACES, type_=Numeric())

    def _days(self, node: ast.BinOp) -> Element:
        left = self.value(node.left, Kind.DATE)
        if self.kind(node.right) is Kind.DATE:
            right = self.value(node.right, Kind.DATE)
            return DaysBetween(left, right) if self.postgresql else func.crm_days_between(left, right)
        days = self.value(node.right, Kind.NUMBER)
        if isinstance(node.op, ast.Sub):
            days = -days if self.postgresql else func.crm_negate(days)
        return ShiftedDay(left, days) if self.postgresql else type_coerce(func.crm_add_days(left, days), Date())


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""
