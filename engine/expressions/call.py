"""Checking the call of a helper function: its name, how many arguments it has, and their types."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from decimal import Decimal

from engine.expressions.definitions import definitions_of
from engine.expressions.function import Argument, Function, Parameter
from engine.expressions.functions import FUNCTIONS
from engine.expressions.quantified import CALLS
from engine.expressions.syntax import Source
from engine.expressions.tree import Types, literal_value
from engine.expressions.types import Kind, Scope, Type
from engine.expressions.wording import in_words, kinds_in_words
from engine.language.problems import nearest


def called_function(node: ast.Call, source: Source, scope: Scope) -> Function:
    """Raises ExpressionFault when there is no such helper or it takes another number of values."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    function = FUNCTIONS.get(name)
    if function is None:
        known = (*FUNCTIONS, *CALLS, *definitions_of(scope).functions)
        is_field = scope.member(None, name) is not None
        raise source.fault("E325", node.func, None if is_field else nearest(name, known), name=name)
    if function.spans:
        raise source.fault("E332", node, signature=function.signature)
    check_count(node, function, source)
    return function


def span_function(node: ast.expr) -> Function | None:
    """The helper of a call that stands to the right of `in`."""
    name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
    function = FUNCTIONS.get(name)
    return function if function is not None and function.spans else None


def check_count(node: ast.Call, function: Function, source: Source) -> None:
    """Raises ExpressionFault for more or fewer values than the helper takes."""
    given = len(node.args)
    if given < function.fewest or (function.most is not None and given > function.most):
        raise source.fault("E314", node, signature=function.signature, given=str(given - function.spans))


def result_type(
    node: ast.Call, function: Function, arguments: Sequence[ast.expr], types: Types, source: Source
) -> Type:
    """The type of the call. Raises ExpressionFault for an argument of a wrong type, or when they do not agree."""
    for position, (raw, argument) in enumerate(zip(node.args, arguments, strict=True)):
        parameter = function.parameter(position)
        _check_argument(raw, Argument(types[argument], literal_value(argument)), parameter, function, source)
    known = [Argument(types[argument], literal_value(argument)) for argument in arguments]
    result = function.result(known)
    if result is None:
        raise source.fault("E319", node, left=in_words(known[0].type), right=in_words(known[-1].type))
    return result


def _check_argument(
    raw: ast.expr, argument: Argument, parameter: Parameter, function: Function, source: Source
) -> None:
    if argument.type.kind is not Kind.NULL and argument.type.kind not in parameter.kinds:
        wanted = kinds_in_words(parameter.kinds)
        raise source.fault("E329", raw, signature=function.signature, wanted=wanted, given=in_words(argument.type))
    if parameter.literal_up_to is not None and not _is_whole(argument.literal, parameter.literal_up_to):
        raise source.fault("E330", raw, signature=function.signature, limit=str(parameter.literal_up_to))


def _is_whole(value: object, limit: int) -> bool:
    return isinstance(value, Decimal) and value == value.to_integral_value() and 0 <= value <= limit
