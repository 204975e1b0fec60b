"""The values of one record put into a `count` or an `exists` about others: SQL then sees constants."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from decimal import Decimal
from typing import Any

from engine.expressions.parse import Expression
from engine.expressions.size import Size
from engine.expressions.tree import FieldPath, Path, Quantified
from engine.expressions.types import Kind, Type

Read = Callable[[Path], Any]


def placed(expression: Expression, node: Quantified, reads: Sequence[Read]) -> tuple[Expression, Quantified]:
    """`node`, which stands in `expression`, with what it reads of the row it stands in and of those outside; and the
    expression it stands in now."""
    binding = _Binding(expression, reads)
    found = binding.quantified(node, 0)
    return replace(expression, types=binding.types, sizes=binding.sizes), found


class _Binding:
    def __init__(self, expression: Expression, reads: Sequence[Read]) -> None:
        self.types: dict[ast.expr, Type] = dict(expression.types)
        self.sizes: dict[ast.expr, Size] = dict(expression.sizes)
        self.reads = reads
        self.listed: set[ast.expr] = set()
        """What stands for several values."""

    def quantified(self, node: Quantified, depth: int) -> Quantified:
        if node.owner is not None and node.rows.key is None:
            self.listed.add(node.owner)
        owner = None if node.owner is None else self._copy(node.owner, depth)
        where = None if node.where is None else self._copy(node.where, depth + 1)
        made = Quantified.of(node.counts, node.among, node.rows, owner, where, node.names)
        self._note(made, node)
        return made

    def _copy(self, node: ast.expr, depth: int) -> ast.expr:
        """The node with constants for what is read outside the rows it is about, which are `depth` levels within."""
        if isinstance(node, Quantified):
            return self.quantified(node, depth)
        if isinstance(node, FieldPath):
            if node.level < depth or node.path == ("me",):
                return node
            made = self._constant(node, self.reads[node.level - depth](node.path))
        else:
            made = self._copied(node, depth)
        self._note(made, node)
        return made

    def _note(self, made: ast.expr, node: ast.expr) -> None:
        if node in self.types:
            self.types[made] = self.types[node]
        if node in self.sizes:
            self.sizes[made] = self.sizes[node]

    def _copied(self, node: ast.expr, depth: int) -> ast.expr:
        if isinstance(node, ast.Compare):
            pairs = zip(node.ops, node.comparators, strict=True)
            self.listed |= {right for op, right in pairs if isinstance(op, ast.In | ast.NotIn)}
        made = copy(node)
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.expr):
                setattr(made, name, self._copy(value, depth))
            elif isinstance(value, list):
                setattr(made, name, [self._copy(v, depth) if isinstance(v, ast.expr) else v for v in value])
        return made

    def _constant(self, node: FieldPath, value: Any) -> ast.expr:
        kind = self.types[node].kind if node in self.types else Kind.NULL
        if node in self.listed and isinstance(value, tuple | list | None):
            items = [ast.Constant(item) for item in value or ()]
            item = self.types[node].item if node in self.types else None
            self.types |= dict.fromkeys(items, item or Type(Kind.RECORD))
            return ast.Tuple(list(items), ast.Load())
        if kind is Kind.NUMBER and value is not None:
            value = Decimal(value)
        elif kind in (Kind.LIST, Kind.PARTS) and value is not None:
            value = json.dumps(value, default=str)
        return ast.Constant((value or None) if node.textual else value)
