"""Expressions as they stand in a blueprint: a scalar in, a checked expression or a problem out."""

from __future__ import annotations

from dataclasses import replace

from engine.expressions.parse import Expression, ExpressionFault, parse
from engine.expressions.types import Scope, Type
from engine.language.nodes import Node, Scalar
from engine.language.problems import Problems
from engine.schema.scope import EntityScope


def parse_node(node: Node | None, scope: Scope, expected: Type | None, problems: Problems) -> Expression | None:
    """The expression in `node`; None when there is none or it is at fault, which a problem then says in its place."""
    if not isinstance(node, Scalar) or node.missing or (isinstance(scope, EntityScope) and scope.unsure(node.text)):
        return None
    try:
        return replace(parse(node.text, scope, expected), place=node.place_at(0))
    except ExpressionFault as fault:
        place = node.place_at(fault.start)
        problems.note(fault.code, place, fault.values, near=fault.near, length=fault.length)
        return None


def parse_pushable(node: Node | None, scope: Scope, expected: Type | None, problems: Problems) -> Expression | None:
    """Like `parse_node`, for a filter: an expression that only one record at a time can answer is a problem too."""
    expression = parse_node(node, scope, expected, problems)
    if expression is None or expression.verdict != "row" or not isinstance(node, Scalar):
        return expression
    problems.add("E427", node.place, length=node.width)
    return None
