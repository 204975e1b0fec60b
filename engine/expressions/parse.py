"""From the text of an expression to a checked `Expression`, ready to run on a record or as SQL."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from engine.expressions.check import Checker
from engine.expressions.expanding import expanded
from engine.expressions.fault import ExpressionFault
from engine.expressions.size import Size
from engine.expressions.syntax import read_syntax
from engine.expressions.tree import UNKNOWN, Path, Quantified, Types, literal_value
from engine.expressions.types import BOOLEAN, Kind, Scope, Type
from engine.language.nodes import Place

__all__ = ["UNKNOWN", "Expression", "ExpressionFault", "constant", "parse"]

Verdict = Literal["pushable", "join", "row"]


@dataclass(frozen=True)
class Expression:
    """A checked expression. `names` are the paths it reads of the record it is about; `constant` its value when it is
    a literal, else UNKNOWN.

    `verdict`: "pushable" reads one table, "join" reads through links or counts other records, "row" runs only on a
    record in Python, because it reads `old`."""

    text: str
    type: Type
    tree: ast.expr = field(compare=False)
    names: frozenset[Path] = frozenset()
    constant: Any = UNKNOWN
    verdict: Verdict = "pushable"
    types: Types = field(default_factory=dict, compare=False, repr=False)
    sizes: Mapping[ast.expr, Size] = field(default_factory=dict, compare=False, repr=False)
    quantified: tuple[Quantified, ...] = field(default=(), compare=False, repr=False)
    """Its `count` and `exists` over other records, inner ones before those they stand in."""
    place: Place | None = field(default=None, compare=False, repr=False)
    """Where it is written; None for one the engine makes."""

    @property
    def reads(self) -> frozenset[str]:
        """The fields of the record whose change may change the value; line items by the field that holds them."""
        own = (path[1:] if path[0] == "old" else path for path in self.names)
        held = (node.rows.field for node in self.quantified if node.owner and node.rows.field)
        return frozenset((*(path[0] for path in own if path), *held))


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
    names = frozenset(checker.names.rows[-1].names)
    quantified = tuple(node for node in checker.types if isinstance(node, Quantified))
    types, sizes = MappingProxyType(checker.types), MappingProxyType(checker.sizes)
    verdict = _verdict(names, quantified, scope)
    return Expression(text, type, tree, names, literal_value(tree), verdict, types, sizes, quantified)


def constant(value: bool) -> Expression:
    """The expression `true` or `false`."""
    tree = ast.Constant(value)
    return Expression("true" if value else "false", BOOLEAN, tree, constant=value, types={tree: BOOLEAN})


def _verdict(names: Iterable[Path], quantified: Sequence[Quantified], scope: Scope) -> Verdict:
    if any(path[0] == "old" for path in names):
        return "row"
    if quantified:
        return "join"
    links = (path for path in names if path[0] != "me" and len(path) > 1)
    return "join" if any(_follows_link(path, scope) for path in links) else "pushable"


def _follows_link(path: Path, scope: Scope) -> bool:
    owner = None
    for name in path[:-1]:
        owner = scope.member(owner, name)
        if owner is not None and owner.kind is Kind.RECORD:
            return True
    return False
