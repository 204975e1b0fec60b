"""Puts what the blueprint defines into the syntax tree of an expression: the value of `param.x`, the tree of a function
in place of its call. What is checked and run afterwards knows neither."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from engine.expressions.definitions import Defined, Definitions, definitions_of
from engine.expressions.fault import ExpressionFault
from engine.expressions.syntax import MOST_NODES, Source, check_size, too_deep
from engine.expressions.types import Scope, Type
from engine.language.problems import nearest

PARAM = "param"
OUTER = "record"
QUANTIFIERS: Mapping[str, str] = {"count": "count(records, [where])", "exists": "exists(records, [where])"}
"""Calls whose second value is a condition about other records."""


class Given(ast.expr):
    """A constant of a known type, in the place of `param.x`."""

    _fields = ()

    def __init__(self, value: object, type: Type) -> None:
        super().__init__()
        self.value, self.type = value, type


class Passed(ast.expr):
    """What is given to a function of the blueprint, in the place of its parameter. `read` is what is read of it
    (`customer.tier`), the same as `value` for the whole. It is about the row outside the `depth` conditions of `count`
    and `exists` that stand around it in the function."""

    _fields = ("read",)

    def __init__(self, value: ast.expr, read: ast.expr, signature: str, wanted: Type, depth: int = 0) -> None:
        super().__init__()
        self.value, self.read, self.signature, self.wanted, self.depth = value, read, signature, wanted, depth


def expanded(tree: ast.expr, source: Source, scope: Scope) -> ast.expr:
    """Raises ExpressionFault."""
    whole = _Expander(source, definitions_of(scope)).visit(tree)
    check_size(whole, source)
    return whole  # type: ignore[no-any-return]


class _Expander(ast.NodeTransformer):
    def __init__(self, source: Source, definitions: Definitions) -> None:
        self.source, self.definitions = source, definitions
        self.left = MOST_NODES

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if not isinstance(node.value, ast.Name) or node.value.id != PARAM:
            node.value = self.visit(node.value)
            return node
        known = self.definitions.parameters
        if node.attr not in known:
            start, length = self.source.span(node)
            near, width = nearest(node.attr, known), len(node.attr)
            raise ExpressionFault("E243", start + length - width, width, near, {"name": node.attr})
        constant = known[node.attr]
        return _at(Given(constant.value, constant.type), node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        node.args = [self.visit(argument) for argument in node.args]
        function = self.definitions.functions.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if function is None:
            return node
        if len(node.args) != len(function.takes):
            raise self.source.fault("E314", node, signature=function.signature, given=str(len(node.args)))
        self.left -= sum(1 for _ in ast.walk(function.body))
        if self.left < 0:
            raise too_deep(self.source)
        return _Filler(function, dict(zip(function.takes, node.args, strict=True)), node).copy(function.body)


class _Filler:
    """A copy of a function's tree with the arguments in it. All of it stands where the call stands, but for these."""

    def __init__(self, function: Defined, arguments: Mapping[str, ast.expr], call: ast.Call) -> None:
        self.function, self.arguments, self.call = function, arguments, call

    def copy(self, node: ast.expr, depth: int = 0) -> ast.expr:
        """`depth` counts the conditions of `count` and `exists` it stands in: there `record.customer` is what is given,
        as for the row of any expression."""
        path = _path(node)
        if path[:depth] == (OUTER,) * depth and path[depth : depth + 1] and path[depth] in self.arguments:
            return self._argument(path[depth], path[depth + 1 :], depth)
        if isinstance(node, Passed):
            value, read = self.copy(node.value, depth - node.depth), self.copy(node.read, depth - node.depth)
            return _at(Passed(value, read, node.signature, node.wanted, node.depth), self.call)
        if isinstance(node, Given):
            return _at(Given(node.value, node.type), self.call)
        if isinstance(node, ast.Call) and _has_condition(node):
            among, where = node.args
            among = among if isinstance(among, ast.Name) else self.copy(among, depth)
            return _at(ast.Call(node.func, [among, self.copy(where, depth + 1)], []), self.call)
        copy = type(node)()
        for part, value in ast.iter_fields(node):
            setattr(copy, part, self._part(value, depth))
        return _at(copy, self.call)

    def _part(self, value: object, depth: int) -> object:
        if isinstance(value, list):
            return [self._part(item, depth) for item in value]
        return self.copy(value, depth) if isinstance(value, ast.expr) else value

    def _argument(self, name: str, path: tuple[str, ...], depth: int) -> ast.expr:
        value = read = self.arguments[name]
        for part in path:
            read = _at(ast.Attribute(value=read, attr=part, ctx=ast.Load()), value)
        return _at(Passed(value, read, self.function.signature, self.function.takes[name], depth), value)


def _has_condition(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in QUANTIFIERS and len(call.args) == 2


def _path(node: ast.expr) -> tuple[str, ...]:
    """The names of a chain such as `customer.account.tier`; none of anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return (node.id, *reversed(parts)) if isinstance(node, ast.Name) else ()


def _at(node: ast.expr, place: ast.expr) -> ast.expr:
    return ast.copy_location(node, place)
