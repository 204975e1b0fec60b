"""Checking the call of a helper function: its name, how many arguments it has, and their types."""

from __future__ import annotations

import ast
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.expressions.function import Argument, Function, Parameter
from engine.expressions.functions import FUNCTIONS
from engine.expressions.size import widest
from engine.expressions.tree import literal_value
from engine.expressions.types import Kind
from engine.expressions.wording import in_words, kinds_in_words
from engine.language.problems import nearest

if TYPE_CHECKING:
    from engine.expressions.check import Checker


def check_call(checker: Checker, node: ast.Call) -> ast.expr:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    function = FUNCTIONS.get(name)
    if function is None:
        raise checker.source.fault("E325", node.func, nearest(name, FUNCTIONS), name=name)
    _check_count(checker, node, function)
    arguments = [checker.check(argument) for argument in node.args]
    for position, (raw, argument) in enumerate(zip(node.args, arguments, strict=True)):
        _check_argument(checker, function.parameter(position), function, raw, argument)
    return _typed(checker, node, function, arguments)


def _typed(checker: Checker, node: ast.Call, function: Function, arguments: list[ast.expr]) -> ast.expr:
    known = [Argument(checker.types[argument], literal_value(argument)) for argument in arguments]
    result = function.result(known)
    if result is None:
        left, right = in_words(known[0].type), in_words(known[-1].type)
        raise checker.source.fault("E319", node, left=left, right=right)
    size = widest((checker.sizes[argument] for argument in arguments if argument in checker.sizes), result.scale)
    call = ast.Call(ast.Name(function.name, ast.Load()), arguments, [])
    return checker.typed(call, result, size, node)


def _check_count(checker: Checker, node: ast.Call, function: Function) -> None:
    given = len(node.args)
    if given < function.fewest or (function.most is not None and given > function.most):
        raise checker.source.fault("E314", node, signature=function.signature, given=str(given))


def _check_argument(
    checker: Checker, parameter: Parameter, function: Function, raw: ast.expr, argument: ast.expr
) -> None:
    type = checker.types[argument]
    if type.kind is not Kind.NULL and type.kind not in parameter.kinds:
        wanted = kinds_in_words(parameter.kinds)
        raise checker.source.fault("E329", raw, function=function.name, wanted=wanted, given=in_words(type))
    if parameter.literal_up_to is not None and not _is_whole(literal_value(argument), parameter.literal_up_to):
        raise checker.source.fault("E330", raw, limit=str(parameter.literal_up_to))


def _is_whole(value: object, limit: int) -> bool:
    return isinstance(value, Decimal) and value == value.to_integral_value() and 0 <= value <= limit
