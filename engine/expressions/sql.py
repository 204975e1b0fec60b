"""An expression as SQL, with the same answer as in Python on SQLite and PostgreSQL.

Conditions are two-valued: never null."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    Integer,
    Select,
    Text,
    and_,
    case,
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
from engine.expressions.binding import Read, placed
from engine.expressions.counting import Condition, Element, Relate, Related, compared, some
from engine.expressions.elements import SQL_TYPES, CanonicalNumber
from engine.expressions.functions import FUNCTIONS
from engine.expressions.parse import Expression
from engine.expressions.sql_values import SqlDialect, Values, called
from engine.expressions.sqlite_functions import register_functions
from engine.expressions.sums import Sums, difference
from engine.expressions.tree import FieldPath, Path, Quantified, literal_value
from engine.expressions.types import Kind, Rows

__all__ = ["counted_sql", "register_functions", "to_sql"]

_TEXTUAL = (Kind.TEXT, Kind.CHOICE)


def _nothing_related(rows: Rows, owner: Any) -> Related:
    raise LookupError(rows.entity)


def to_sql(
    expression: Expression, column: Callable[[Path], Element], dialect: SqlDialect, relate: Relate = _nothing_related
) -> Element:
    """The expression over a table. `column` gives the column of a path; for a list (`me.teams`) what may stand right
    of IN without nulls: an expanding bindparam or a select; for a list of words the column that holds them as JSON.
    `relate` gives the records that `count` and `exists` look at. `me`, `today` and `now` (in UTC) are bound
    parameters. Raises LookupError for what reads `old`, or other records without `relate`."""
    translation = _Translation(expression, (column,), dialect, relate)
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


def counted_sql(
    expression: Expression, node: Quantified, reads: Sequence[Read], dialect: SqlDialect, relate: Relate
) -> Select[Any]:
    """The number of records that a `count` or an `exists` within the expression finds, for one record: `reads` give
    the values of the row it stands in and of those outside. Bound as in `to_sql`."""
    known, inner = placed(expression, node, reads)
    related, where = _Translation(known, (), dialect, relate).related(inner)
    return related.select(func.count(), where)


class _Translation(Values):
    """Conditions are two-valued: never null."""

    def condition(self, node: ast.expr) -> Condition:
        """True or false, never null; null counts as false."""
        if isinstance(node, ast.Constant):
            return true() if node.value else false()
        if isinstance(node, FieldPath):
            return self.field(node).is_(True)
        if isinstance(node, Quantified):
            return some(*self.related(node))
        if isinstance(node, ast.BoolOp):
            parts = [self.condition(value) for value in node.values]
            return and_(*parts) if isinstance(node.op, ast.And) else or_(*parts)
        if isinstance(node, ast.UnaryOp):
            return not_(self.condition(node.operand))
        if isinstance(node, ast.Compare):
            return self._comparison(node)
        if isinstance(node, ast.IfExp):
            return case((self.condition(node.test), self.condition(node.body)), else_=self.condition(node.orelse))
        if isinstance(node, ast.Call) and not FUNCTIONS[called(node)].never_null:
            return func.coalesce(self.call(node, Kind.BOOLEAN), false())
        return self.value(node, Kind.BOOLEAN)

    def _comparison(self, node: ast.Compare) -> Condition:
        operands = [node.left, *node.comparators]
        parts = [
            self._member(left, op, right) if isinstance(op, ast.In | ast.NotIn) else self._pair(left, op, right)
            for left, op, right in zip(operands, node.ops, node.comparators, strict=False)
        ]
        return and_(*parts)

    def _pair(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Condition:
        kinds = {self.compared_kind(left), self.compared_kind(right)}
        if Kind.NULL in kinds:
            return self._with_null(left, op, right)
        if isinstance(left, ast.Constant) or (isinstance(right, FieldPath) and not isinstance(left, FieldPath)):
            left, op, right = right, stored.mirrored(op), left
        if kinds == {Kind.NUMBER}:
            return self._numbers(left, op, right)
        is_order = not isinstance(op, ast.Eq | ast.NotEq)
        if isinstance(left, FieldPath) and left.path != ("me",) and not (left.textual and is_order):
            if self._never_null(right):
                return stored.known(op, self.field(left), self.value(right, self.kind(left)))
            if is_order and _asks_no_row(right):
                value = self.value(right, self.kind(left))
                return and_(value.is_not(None), stored.known(op, self.field(left), value))
        if isinstance(op, ast.Eq) and isinstance(left, FieldPath) and isinstance(right, FieldPath):
            across = left.level != right.level and not left.textual and not right.textual
            return self._across(left, right) if across else self._same(left, right, kinds)
        return self._computed(self.value(left, self.kind(left)), op, self.value(right, self.kind(right)), kinds)

    def _same(self, left: FieldPath, right: FieldPath, kinds: set[Kind]) -> Condition:
        if self.postgresql:
            for one, other in ((left, right), (right, left)):
                if other.path == ("me",):
                    return self._is_me(self.field(one), self.field(other))
        return self._computed(self.value(left, self.kind(left)), ast.Eq(), self.value(right, self.kind(right)), kinds)

    def _never_null(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Constant) or (isinstance(node, ast.Call) and called(node) in ("today", "now"))

    @staticmethod
    def _is_me(column: Element, me: Element) -> Condition:
        """PostgreSQL finds no index for IS NOT DISTINCT FROM; the second half is only for whoever is nobody."""
        return or_(and_(column.is_not(None), me.is_not(None), column == me), and_(column.is_(None), me.is_(None)))

    def _across(self, left: FieldPath, right: FieldPath) -> Condition:
        """A field beside one of the row outside, so that an index finds the rows; a record itself is never null."""
        one, other = self.field(left), self.field(right)
        same = and_(one.is_not(None), other.is_not(None), one == other)
        if ("id",) in (left.path, right.path):
            return same
        return or_(same, and_(one.is_(None), other.is_(None)))

    def _with_null(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Condition:
        if not isinstance(op, ast.Eq | ast.NotEq):
            return false()
        node = right if self.compared_kind(left) is Kind.NULL else left
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
        if isinstance(left, Quantified) and isinstance(right, ast.Constant):
            return compared(op, *self.related(left), literal_value(right))
        scales = self._scale(left), self._scale(right)
        if isinstance(left, FieldPath) and scales[0] is not None:
            if isinstance(right, ast.Constant):
                return stored.with_constant(op, self.field(left), scales[0], literal_value(right))
            if isinstance(right, FieldPath) and scales[1] is not None:
                return stored.with_column(op, self.field(left), scales[0], self.field(right), scales[1])
        one, other = self.value(left, Kind.NUMBER), self.value(right, Kind.NUMBER)
        if self.postgresql:
            return self._computed(one, op, other, {Kind.NUMBER})
        if isinstance(op, ast.Eq | ast.NotEq):
            return self._in_whole(left, op, right, self._computed(one, op, other, {Kind.NUMBER}))
        ordered = stored.compare(op, func.crm_compare(one, other), literal(0, Integer()))
        return self._in_whole(left, op, right, func.coalesce(ordered, false()))

    def _in_whole(self, left: ast.expr, op: ast.cmpop, right: ast.expr, exact: Condition) -> Condition:
        """The comparison as one of whole numbers where they are small enough for it, else the exact one."""
        sums = Sums(self._scale)
        apart = difference(sums.read(left), sums.read(right))
        known = sums.compared(op, apart, self.field) if apart and sums.fields else None
        return exact if known is None else case((known[0], known[1]), else_=exact)

    def _scale(self, node: ast.expr) -> int | None:
        return stored.stored_scale(self.field(node)) if isinstance(node, FieldPath) else None

    def _member(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Condition:
        found = self._among(left, right.elts) if isinstance(right, ast.Tuple) else self._in_list(left, right)
        return not_(found) if isinstance(op, ast.NotIn) else found

    def _in_list(self, left: ast.expr, right: ast.expr) -> Condition:
        members = self.field(right) if isinstance(right, FieldPath) else null()
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
        if self.compared_kind(left) is Kind.NULL:
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
        literals = [self.literal(value, self.kind(left)) for value in values]
        return func.coalesce(self.value(left, self.kind(left)).in_(literals), false())


def _asks_no_row(node: ast.expr) -> bool:
    """Whether it is one value for every row, such as `today() - 30`, and small enough to be written twice."""
    asking = (FieldPath, Quantified, ast.Compare, ast.BoolOp, ast.IfExp)
    return not any(isinstance(part, asking) for part in ast.walk(node))
