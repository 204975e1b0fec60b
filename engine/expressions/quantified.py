"""Checking `count(rows, where)`, `exists(rows, where)` and `changed(field)`: what they take is a name, not a value."""

from __future__ import annotations

import ast
from typing import Protocol

from engine.expressions.expanding import QUANTIFIERS, Passed
from engine.expressions.fault import ExpressionFault
from engine.expressions.names import WORDS, Names
from engine.expressions.size import WHOLE, Size
from engine.expressions.syntax import Source
from engine.expressions.tree import FieldPath, Path, Quantified
from engine.expressions.types import BOOLEAN, INTEGER, Rows, Type
from engine.language.problems import nearest

CHANGED = "changed"
CALLS = (*QUANTIFIERS, CHANGED)
"""Calls that are no functions: they take names."""
DEEPEST = 2
"""How many of them stand inside each other."""


class Checking(Protocol):
    """What the checker of an expression gives its parts."""

    source: Source
    names: Names

    def check(self, node: ast.expr) -> ast.expr: ...

    def condition(self, raw: ast.expr, checked: ast.expr) -> None: ...

    def typed(self, node: ast.expr, type: Type, size: Size | None = None) -> ast.expr: ...


def check_quantified(node: ast.Call, name: str, checking: Checking) -> ast.expr | None:
    """The checked call of `count` or `exists`; None for `count` of a list of values, which is a function."""
    if not 0 < len(node.args) <= 2:
        raise checking.source.fault("E314", node, signature=QUANTIFIERS[name], given=str(len(node.args)))
    given, counts = node.args[0], name == "count"
    among, outside = (given.read, given.depth) if isinstance(given, Passed) else (given, 0)
    with checking.names.outside(outside):
        related = checking.names.related(among)
    if counts and len(node.args) == 1 and _is_list(among, related, checking.names):
        return None
    if related is None:
        raise _no_rows(given, name, checking)
    where, read = _where(node, related[0].entity, checking)
    found = Quantified.of(counts, ast.unparse(among), *related, where, read)
    return checking.typed(found, INTEGER, WHOLE) if counts else checking.typed(found, BOOLEAN)


def _is_list(node: ast.expr, related: tuple[Rows, FieldPath | None] | None, names: Names) -> bool:
    """Whether the values of a field are meant; the links of a field are values too."""
    if related is not None:
        return related[0].key is None and related[0].field is not None
    return not isinstance(node, ast.Name) or node.id in WORDS or names.scope.member(None, node.id) is not None


def _no_rows(node: ast.expr, name: str, checking: Checking) -> ExpressionFault:
    scope = checking.names.scope
    misspelt = isinstance(node, ast.Name) and scope.member(None, node.id) is None
    near = nearest(node.id, scope.row_names()) if isinstance(node, ast.Name) and misspelt else None
    return checking.source.fault("E343", node, near, name=name)


def _where(node: ast.Call, entity: str, checking: Checking) -> tuple[ast.expr | None, frozenset[Path]]:
    """The condition and what it reads of the rows."""
    names = checking.names
    scope = names.scope.within(entity)
    if len(names.rows) > DEEPEST:
        raise checking.source.fault("E344", node, limit=str(DEEPEST))
    if len(node.args) < 2 or scope is None:
        return None, frozenset()
    with names.about(scope) as row:
        where = checking.check(node.args[1])
    checking.condition(node.args[1], where)
    return where, frozenset(row.names)


def check_changed(node: ast.Call, checking: Checking) -> ast.expr:
    """`changed(field)` is `field != old.field`."""
    names, source = checking.names, checking.source
    if len(node.args) != 1:
        raise source.fault("E314", node, signature=f"{CHANGED}(field)", given=str(len(node.args)))
    field, outer = node.args[0], names.rows[-1].scope
    if outer.member(None, "old") is None:
        raise source.fault("E345", node.func, name=f"{CHANGED}(…)")
    if not isinstance(field, ast.Name) or (type := outer.member(None, field.id)) is None or field.id in ("me", "old"):
        near = nearest(field.id, outer.names(None)) if isinstance(field, ast.Name) else None
        raise source.fault("E347", field, near)
    level = len(names.rows) - 1
    sides = [checking.typed(names.read(level, path, type), type) for path in ((field.id,), ("old", field.id))]
    return checking.typed(ast.Compare(sides[0], [ast.NotEq()], sides[1:]), BOOLEAN)
