"""What the parts of an expression come to on one record: for people who ask why."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from engine.expressions.evaluate import Count, Read, evaluate, nowhere
from engine.expressions.moment import Moment
from engine.expressions.parse import Expression
from engine.expressions.tree import FieldPath, Quantified
from engine.expressions.types import Type

_WORDS = {"True": "true", "False": "false", "None": "null"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an expression that is no literal, as it could be written, and its value."""

    text: str
    value: Any
    type: Type


def parts(expression: Expression, read: Read, moment: Moment, count: Count = nowhere) -> tuple[Part, ...]:
    """The parts inside an expression, each once, what stands further out first. Arguments of functions are told, but
    not what is asked of other rows. Raises what `read` and `count` raise."""
    found: dict[str, Part] = {}
    for node in _inside(expression.tree):
        type = expression.types[node]
        value = evaluate(replace(expression, tree=node, type=type), read, moment, count)
        found.setdefault(written(node), Part(written(node), value, type))
    return tuple(found.values())


def written(node: ast.expr) -> str:
    """A checked tree as text."""
    plain = _Words().visit(deepcopy(node))
    return ast.unparse(ast.fix_missing_locations(plain))


def _inside(node: ast.expr) -> Iterator[ast.expr]:
    waiting = _operands(node)
    while waiting:
        part = waiting.pop(0)
        if not isinstance(part, ast.Constant | ast.Tuple):
            yield part
        waiting += _operands(part)


def _operands(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, FieldPath | Quantified):
        return []
    below = node.args if isinstance(node, ast.Call) else ast.iter_child_nodes(node)
    return [child for child in below if isinstance(child, ast.expr)]


class _Words(ast.NodeTransformer):
    """Words and numbers of the language, where Python would write its own."""

    def visit_FieldPath(self, node: FieldPath) -> ast.expr:
        return ast.Name(node.id, ast.Load())

    def visit_Quantified(self, node: Quantified) -> ast.expr:
        where = [] if node.where is None else [self.visit(node.where)]
        return ast.Call(ast.Name("count" if node.counts else "exists"), [ast.Name(node.among), *where], [])

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if isinstance(node.value, Decimal):
            return ast.Name(f"{node.value:f}", ast.Load())
        return node if isinstance(node.value, str) else ast.Name(_WORDS[str(node.value)], ast.Load())
