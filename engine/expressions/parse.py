"""From the text of an expression to a checked `Expression`, ready to run on a record or as SQL."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from engine.expressions.check import Checker
from engine.expressions.expanding import expanded
from engine.expressions.fault import ExpressionFault
from engine.expressions.size import Size
from engine.expressions.syntax import read_syntax
from engine.expressions.tree import UNKNOWN, Path, Types, literal_value
from engine.expressions.types import BOOLEAN, Kind, Scope, Type

__all__ = ["UNKNOWN", "Expression", "ExpressionFault", "constant", "parse"]

Verdict = Literal["pushable", "join", "row"]


@dataclass(frozen=True)
class Expression:
    """A checked expression. `names` are the paths it reads; `constant` its value when it is a literal, else UNKNOWN.

    `verdict`: "pushable" reads one table, "join" reads through links, "row" runs only on a record in Python."""

    text: str
    type: Type
    tree: ast.expr = field(compare=False)
    names: frozenset[Path] = frozenset()
    constant: Any = UNKNOWN
    verdict: Verdict = "pushable"
    types: Types = field(default_factory=dict, compare=False, repr=False)
    sizes: Mapping[ast.expr, Size] = field(default_factory=dict, compare=False, repr=False)


def parse(text: str, scope: Scope, expected: Type | None = None) -> Expression:
    """Raises ExpressionFault, whose offsets count characters of `text`."""
    raw, source = read_syntax(text)
    checker = Checker(source, scope)
    tree = checker.check(expanded(raw, source, scope))
    if expected is not None:
        checker.expect(raw, tree, expected)
    elif checker.types[tree].kind is Kind.LIST:
        raise source.fault("E322", raw)
    type = checker.types[tree]
    if expected is not None and type.kind is Kind.NULL:
        type = expected
    names = frozenset(checker.names.row.names)
    types, sizes = MappingProxyType(checker.types), MappingProxyType(checker.sizes)
    return Expression(text, type, tree, names, literal_value(tree), _verdict(names, scope), types, sizes)


def constant(value: bool) -> Expression:
    """The expression `true` or `false`."""
    tree = ast.Constant(value)
    return Expression("true" if value else "false", BOOLEAN, tree, constant=value, types={tree: BOOLEAN})


def _verdict(names: Iterable[Path], scope: Scope) -> Verdict:
    links = (path for path in names if path[0] != "me" and len(path) > 1)
    return "join" if any(_follows_link(path, scope) for path in links) else "pushable"


def _follows_link(path: Path, scope: Scope) -> bool:
    owner = None
    for name in path[:-1]:
        owner = scope.member(owner, name)
        if owner is not None and owner.kind is Kind.RECORD:
            return True
    return False
