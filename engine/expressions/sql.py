"""An expression as SQL, with the same answer as in Python on SQLite and PostgreSQL.

Conditions are two-valued: never null. A computed number is NUMERIC on PostgreSQL and canonical decimal text on
SQLite, where the arithmetic is our own. Nothing that can nest is written twice, so a statement grows no faster
than its text."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Numeric,
    Text,
    and_,
    bindparam,
    case,
    cast,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    true,
    type_coerce,
)

from engine.expressions import stored
from engine.expressions.elements import SQL_TYPES, CanonicalNumber, DaysBetween, ShiftedDay
from engine.expressions.exact import CONTEXT, canonical
from engine.expressions.functions import FUNCTIONS
from engine.expressions.moment import bound
from engine.expressions.parse import Expression
from engine.expressions.size import QUOTIENT_PLACES
from engine.expressions.sqlite_functions import function_name, register_functions
from engine.expressions.tree import FieldPath, Path, literal_value
from engine.expressions.types import Kind

__all__ = ["register_functions", "to_sql"]

Element = ColumnElement[Any]
Condition = ColumnElement[bool]
SqlDialect = Literal["sqlite", "postgresql"]
_TEXTUAL = (Kind.TEXT, Kind.CHOICE)


_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "crm_add",
    ast.Sub: "crm_subtract",
    ast.Mult: "crm_multiply",
    ast.Div: "crm_divide",
}


def to_sql(expression: Expression, column: Callable[[Path], Element], dialect: SqlDialect) -> Element:
    """The expression over a table. `column` gives the column of a path; for a list (`me.teams`) what may stand right
    of IN without nulls: an expanding bindparam or a select; for a list of words the column that holds them as JSON.
    `me`, `today` and `now` (in UTC) are bound parameters."""
    translation = _Translation(expression, column, dialect)
    kind = expression.type.kind
    if kind is Kind.BOOLEAN:
        condition = translation.condition(expression.tree)
        return condition if isinstance(condition.type, Boolean) else type_coerce(condition, Boolean())
    if isinstance(expression.tree, FieldPath) and not expression.tree.textual:
        return translation.field(expression.tree)
    value = translation.value(expression.tree, kind)
    if dialect == "postgresql":
        return value
    return type_coerce(value, CanonicalNumber() if kind is Kind.NUMBER else SQL_TYPES[kind])


class _Translation:
    def __init__(self, expression: Expression, column: Callable[[Path], Element], dialect: SqlDialect) -> None:
        self.types = expression.types
        self.sizes = expression.sizes
        self.column = column
        self.postgresql = dialect == "postgresql"

    def kind(self, node: ast.expr) -> Kind:
        return self.types[node].kind

    def condition(self, node: ast.expr) -> Condition:
        """True or false, never null; null counts as false."""
        if isinstance(node, ast.Constant):
            return true() if node.value else false()
        if isinstance(node, FieldPath):
            return self.field(node).is_(True)
        if isinstance(node, ast.BoolOp):
            parts = [self.condition(value) for value in node.values]
            return and_(*parts) if isinstance(node.op, ast.And) else or_(*parts)
        if isinstance(node, ast.UnaryOp):
            return not_(self.condition(node.operand))
        if isinstance(node, ast.Compare):
            return self._comparison(node)
        if isinstance(node, ast.IfExp):
            return case((self.condition(node.test), self.condition(node.body)), else_=self.condition(node.orelse))
        if isinstance(node, ast.Call) and not FUNCTIONS[_called(node)].never_null:
            return func.coalesce(self._call(node, Kind.BOOLEAN), false())
        return self.value(node, Kind.BOOLEAN)

    def value(self, node: ast.expr, kind: Kind) -> Element:
        """The value, null included; `kind` is the type of a literal null."""
        if isinstance(node, ast.Constant):
            return self._literal(node.value, kind)
        if isinstance(node, FieldPath):
            return self._field_value(node)
        if isinstance(node, ast.IfExp):
            return case((self.condition(node.test), self.value(node.body, kind)), else_=self.value(node.orelse, kind))
        if isinstance(node, ast.Call):
            return self._call(node, kind)
        if isinstance(node, ast.BinOp):
            return self._arithmetic(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            operand = self.value(node.operand, Kind.NUMBER)
            return -operand if self.postgresql else func.crm_negate(operand)
        return case((self.condition(node), true()), else_=false())

    def field(self, node: FieldPath) -> Element:
        """The column as it is stored."""
        return bindparam("me", type_=BigInteger()) if node.path == ("me",) else self.column(node.path)

    def _field_value(self, node: FieldPath) -> Element:
        column = self.field(node)
        if node.textual:
            return func.nullif(column, "", type_=Text())
        return self._number(column) if self.kind(node) is Kind.NUMBER else column

    def _number(self, column: Element) -> Element:
        scale = stored.stored_scale(column)
        if self.postgresql:
            number = cast(column if scale is None else stored.as_whole(column), Numeric())
            return number * self._literal(Decimal(1).scaleb(-scale), Kind.NUMBER) if scale else number
        if scale == 0:
            return cast(stored.as_whole(column), Text())
        return func.crm_number(column) if scale is None else func.crm_scaled(stored.as_whole(column), scale)

    def _literal(self, value: Any, kind: Kind) -> Element:
        if value is None:
            return cast(null(), SQL_TYPES[kind]) if self.postgresql else null()
        if isinstance(value, Decimal) and not self.postgresql:
            return literal(canonical(value), Text())
        if isinstance(value, Decimal):
            return cast(literal(value, Numeric()), Numeric())
        return literal(value, SQL_TYPES[kind if kind is not Kind.NULL else Kind.TEXT])

    def _call(self, node: ast.Call, kind: Kind) -> Element:
        function = FUNCTIONS[_called(node)]
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
        widening = self._literal(CONTEXT.quantize(Decimal(1), Decimal(1).scaleb(-places)), Kind.NUMBER)
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

    def _comparison(self, node: ast.Compare) -> Condition:
        operands = [node.left, *node.comparators]
        parts = [
            self._member(left, op, right) if isinstance(op, ast.In | ast.NotIn) else self._pair(left, op, right)
            for left, op, right in zip(operands, node.ops, node.comparators, strict=False)
        ]
        return and_(*parts)

    def _pair(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Condition:
        kinds = {self.kind(left), self.kind(right)}
        if Kind.NULL in kinds:
            return self._with_null(left, op, right)
        if isinstance(left, ast.Constant):
            left, op, right = right, stored.mirrored(op), left
        if kinds == {Kind.NUMBER}:
            return self._numbers(left, op, right)
        if (
            isinstance(left, FieldPath)
            and left.path != ("me",)
            and self._never_null(right)
            and (not left.textual or isinstance(op, ast.Eq | ast.NotEq))
        ):
            return stored.known(op, self.field(left), self.value(right, self.kind(left)))
        if isinstance(op, ast.Eq) and self.postgresql:
            for one, other in ((left, right), (right, left)):
                if isinstance(other, FieldPath) and other.path == ("me",) and isinstance(one, FieldPath):
                    return self._is_me(self.field(one), self.field(other))
        return self._computed(self.value(left, self.kind(left)), op, self.value(right, self.kind(right)), kinds)

    def _never_null(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Constant) or (isinstance(node, ast.Call) and _called(node) in ("today", "now"))

    @staticmethod
    def _is_me(column: Element, me: Element) -> Condition:
        """PostgreSQL finds no index for IS NOT DISTINCT FROM; the second half is only for whoever is nobody."""
        return or_(and_(column.is_not(None), me.is_not(None), column == me), and_(column.is_(None), me.is_(None)))

    def _with_null(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Condition:
        if not isinstance(op, ast.Eq | ast.NotEq):
            return false()
        node = right if self.kind(left) is Kind.NULL else left
        value = self.value(node, self.kind(node))
        return value.is_(None) if isinstance(op, ast.Eq) else value.is_not(None)

    def _computed(self, left: Element, op: ast.cmpop, right: Element, kinds: set[Kind]) -> Condition:
        if isinstance(op, ast.Eq):
            return left.is_not_distinct_from(right)
        if isinstance(op, ast.NotEq):
            return left.is_distinct_from(right)
        if self.postgresql and kinds <= set(_TEXTUAL):
            left, right = left.collate("C"), right.collate("C")
        return func.coalesce(stored.compare(op, left, right), false())

    def _numbers(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Condition:
        scales = self._scale(left), self._scale(right)
        if isinstance(left, FieldPath) and scales[0] is not None:
            if isinstance(right, ast.Constant):
                return stored.with_constant(op, self.field(left), scales[0], literal_value(right))
            if isinstance(right, FieldPath) and scales[1] is not None:
                return stored.with_column(op, self.field(left), scales[0], self.field(right), scales[1])
        one, other = self.value(left, Kind.NUMBER), self.value(right, Kind.NUMBER)
        if self.postgresql or isinstance(op, ast.Eq | ast.NotEq):
            return self._computed(one, op, other, {Kind.NUMBER})
        return func.coalesce(stored.compare(op, func.crm_compare(one, other), literal(0, Integer())), false())

    def _scale(self, node: ast.expr) -> int | None:
        return stored.stored_scale(self.field(node)) if isinstance(node, FieldPath) else None

    def _member(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Condition:
        found = self._among(left, right.elts) if isinstance(right, ast.Tuple) else self._in_list(left, right)
        return not_(found) if isinstance(op, ast.NotIn) else found

    def _in_list(self, left: ast.expr, right: ast.expr) -> Condition:
        members = self.column(right.path) if isinstance(right, FieldPath) else null()
        item = self.types[right].item
        if item and item.kind in _TEXTUAL:
            return self._in_words(self.value(left, item.kind), members)
        if isinstance(left, FieldPath):
            return and_(self.field(left).is_not(None), self.field(left).in_(members))
        value = self.value(left, item.kind if item else Kind.RECORD)
        return func.coalesce(value.in_(members), false())

    def _in_words(self, word: Element, words: Element) -> Condition:
        """Words are stored as a JSON list, `["hot","new"]`; none of them has a quote, a backslash or a comma."""
        find = func.strpos if self.postgresql else func.instr
        quote = literal('"', Text())
        never = func.replace(func.replace(word, '"', "\\"), ",", "\\", type_=Text())
        quoted = quote.concat(never).concat(quote)
        return func.coalesce(find(type_coerce(words, Text()), quoted, type_=Integer()) > 0, false())

    def _among(self, left: ast.expr, items: Sequence[ast.expr]) -> Condition:
        constants = [item.value for item in items if isinstance(item, ast.Constant)]
        values = [value for value in constants if value is not None]
        if self.kind(left) is Kind.NULL:
            return true() if len(values) < len(constants) else false()
        found = self._among_values(left, values) if values else false()
        if len(values) == len(constants):
            return found
        return or_(self.value(left, self.kind(left)).is_(None), found)

    def _among_values(self, left: ast.expr, values: Sequence[Any]) -> Condition:
        scale = self._scale(left) if self.kind(left) is Kind.NUMBER else None
        if scale is not None and isinstance(left, FieldPath):
            return stored.among_constants(self.field(left), scale, values)
        if isinstance(left, FieldPath) and left.textual:
            return and_(self.field(left).is_not(None), self.field(left).in_(values))
        literals = [self._literal(value, self.kind(left)) for value in values]
        return func.coalesce(self.value(left, self.kind(left)).in_(literals), false())


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""
