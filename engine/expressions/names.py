"""What a name in an expression stands for: a field of the row it is about, or of what the row's links lead to."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from engine.expressions.fault import ExpressionFault
from engine.expressions.functions import FUNCTIONS
from engine.expressions.syntax import Source
from engine.expressions.tree import FieldPath, Path
from engine.expressions.types import Kind, Scope, Type
from engine.expressions.wording import in_words
from engine.language.problems import nearest
from engine.locale.text import Text

WORDS = {"true": True, "false": False, "null": None}
MOST_LINKS = 4
"""Links that one name may follow."""
STARTS: tuple[Path, ...] = (("me",),)
"""Paths to records that are there without a link."""
OF_ME = "teams"
"""What is known of the user who asks, and of no other."""


@dataclass(slots=True)
class Row:
    """A row an expression speaks of, and what it reads of it."""

    scope: Scope
    names: set[Path] = field(default_factory=set)


class Names:
    """The names of one expression. Raises ExpressionFault for those that stand for nothing."""

    def __init__(self, source: Source, scope: Scope) -> None:
        self.source = source
        self.row = Row(scope)

    def field(self, node: ast.expr) -> tuple[FieldPath, Type]:
        """The field that a name or a chain of names stands for, and its type."""
        path, type, _ = self._resolve(node)
        self.row.names.add(path)
        return FieldPath.of(path, type), type

    def _resolve(self, node: ast.expr) -> tuple[Path, Type, int]:
        """The path, its type, and how many links it follows."""
        if isinstance(node, ast.Name):
            found = self.row.scope.member(None, node.id)
            if found is None:
                raise self._unknown_name(node)
            return (node.id,), found, 0
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name | ast.Attribute):
            raise self.source.fault("E326", node)
        path, owner, links = self._resolve(node.value)
        found = self.row.scope.member(owner, node.attr)
        if found is None or (node.attr == OF_ME and path not in STARTS):
            raise self._unknown_part(node, owner)
        links += owner.kind is Kind.RECORD and path not in STARTS
        if links > MOST_LINKS:
            raise self._at_end("E340", node, path=".".join((*path, node.attr)), limit=str(MOST_LINKS))
        return (*path, node.attr), found, links

    def _unknown_name(self, node: ast.Name) -> ExpressionFault:
        if node.id in FUNCTIONS:
            return self.source.fault("E313", node, name=node.id, signature=FUNCTIONS[node.id].signature)
        near = nearest(node.id, (*self.row.scope.names(None), *WORDS))
        return self.source.fault("E311", node, near, name=node.id)

    def _unknown_part(self, node: ast.Attribute, owner: Type) -> ExpressionFault:
        parts = tuple(name for name in self.row.scope.names(owner) if name != OF_ME)
        if not parts:
            return self._at_end("E326", node)
        near = "me.teams" if node.attr == OF_ME else nearest(node.attr, parts)
        return self._at_end("E312", node, near, name=node.attr, owner=in_words(owner))

    def _at_end(self, code: str, node: ast.Attribute, near: str | None = None, **values: str | Text) -> ExpressionFault:
        """The fault at the last part of a chain."""
        start, length = self.source.span(node)
        return ExpressionFault(code, start + length - len(node.attr), len(node.attr), near, values)
