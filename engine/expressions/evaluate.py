"""Runs an expression on one record: the checked tree, with our own operators and functions, never raw text."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from simpleeval import EvalWithCompoundTypes

from engine.expressions.functions import FUNCTIONS
from engine.expressions.meaning import OPERATORS
from engine.expressions.moment import Moment
from engine.expressions.parse import Expression
from engine.expressions.tree import FieldPath, Path, Quantified
from engine.expressions.types import Kind

Read = Callable[[Path], Any]
Reads = tuple[Read, ...]
"""How to read the row spoken of, then those outside it."""
Count = Callable[[Expression, Quantified, Reads, Callable[[Read], bool]], int]
"""How many records a `count` or an `exists` finds, for which any number above 0 will do. Given are the readers of the
row it stands in and of those outside, and whether its condition holds on the row behind a reader."""
_CALLS = {name: (function.meaning, function.reads) for name, function in FUNCTIONS.items()}


def nowhere(expression: Expression, node: Quantified, reads: Reads, holds: Callable[[Read], bool]) -> int:
    raise LookupError(node.rows.entity)


def evaluate(expression: Expression, read: Read, moment: Moment, count: Count = nowhere) -> Any:
    """The value of `expression` for the record behind `read`, which gives the value of a path such as
    ("account", "name"); `me` comes from `moment`, `old` from paths that begin with it. A boolean is always True or
    False. Raises what `read` and `count` raise; without `count` a LookupError for an expression that looks at other
    records."""
    value = _Run(expression, (read,), moment, count)._eval(expression.tree)
    return bool(value) if expression.type.kind is Kind.BOOLEAN else value


class _Run(EvalWithCompoundTypes):  # type: ignore[misc]
    """One evaluation. Made for each record, so it shares the table of node handlers instead of building one."""

    def __init__(self, expression: Expression, reads: Reads, moment: Moment, count: Count) -> None:
        self.operators = OPERATORS
        self.functions: dict[str, Any] = {}
        self.names: dict[str, Any] = {}
        self.expression = expression
        self.reads = reads
        self.moment = moment
        self.count = count

    def __del__(self) -> None:
        """The table of handlers outlives the evaluation."""

    def _eval(self, node: ast.AST) -> Any:
        return _HANDLERS[type(node)](self, node)

    def _field(self, node: FieldPath) -> Any:
        if node.path == ("me",):
            return self.moment.me
        value = self.reads[node.level](node.path)
        return (value or None) if node.textual else value

    def _literal(self, node: ast.Constant) -> Any:
        return node.value

    def _call(self, node: ast.Call) -> Any:
        meaning, reads = _CALLS[node.func.id]  # type: ignore[attr-defined]
        arguments = [self._eval(argument) for argument in node.args]
        return meaning(*arguments, *map(self.moment.read, reads)) if reads else meaning(*arguments)

    def _boolean(self, node: ast.BoolOp) -> bool:
        return bool(self._eval_boolop(node))

    def _quantified(self, node: Quantified) -> int | bool:
        def holds(read: Read) -> bool:
            inner = _Run(self.expression, (read, *self.reads), self.moment, self.count)
            return node.where is None or bool(inner._eval(node.where))

        found = self.count(self.expression, node, self.reads, holds)
        return found if node.counts else found > 0


_HANDLERS: dict[type[ast.AST], Callable[[_Run, Any], Any]] = {
    FieldPath: _Run._field,
    Quantified: _Run._quantified,
    ast.Constant: _Run._literal,
    ast.Call: _Run._call,
    ast.BoolOp: _Run._boolean,
    ast.UnaryOp: _Run._eval_unaryop,
    ast.BinOp: _Run._eval_binop,
    ast.Compare: _Run._eval_compare,
    ast.IfExp: _Run._eval_ifexp,
    ast.Tuple: _Run._eval_tuple,
}
