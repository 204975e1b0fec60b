"""What a name in an expression stands for: a field of the row it is about, or of what the row's links lead to."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.expressions.fault import ExpressionFault
from engine.expressions.functions import FUNCTIONS
from engine.expressions.syntax import Source
from engine.expressions.tree import FieldPath, Path
from engine.expressions.types import Kind, Rows, Scope, Type
from engine.expressions.wording import in_words
from engine.language.problems import nearest
from engine.locale.text import Text

WORDS = {"true": True, "false": False, "null": None}
MOST_LINKS = 4
"""Links that one name may follow."""
STARTS: tuple[Path, ...] = ((), ("me",), ("old",))
"""Paths to records that are there without a link; the empty one is that of `record`."""
OF_ME = "teams"
"""What is known of the user who asks, and of no other."""
ID = "id"


@dataclass(slots=True)
class Row:
    """A row an expression speaks of, and what it reads of it."""

    scope: Scope
    names: set[Path] = field(default_factory=set)
    passed: bool = False
    """Not spoken of for the moment: what is given to a function is about the row its call is about."""


class Found(NamedTuple):
    """What a name stands for: a path of the row of a level."""

    level: int
    path: Path
    type: Type
    links: int = 0
    """How many the path follows."""


class Names:
    """The names of one expression. Raises ExpressionFault for those that stand for nothing."""

    def __init__(self, source: Source, scope: Scope) -> None:
        self.source = source
        self.rows = [Row(scope)]
        """The row spoken of here first, then those outside."""

    @property
    def scope(self) -> Scope:
        return self.rows[self._levels[0]].scope

    @property
    def _levels(self) -> list[int]:
        return [level for level, row in enumerate(self.rows) if not row.passed]

    @contextmanager
    def outside(self, conditions: int) -> Iterator[None]:
        """Names are meanwhile those of the row outside so many conditions."""
        rows = [self.rows[level] for level in self._levels[:conditions]]
        for row in rows:
            row.passed = True
        try:
            yield
        finally:
            for row in rows:
                row.passed = False

    @contextmanager
    def about(self, scope: Scope) -> Iterator[Row]:
        """Bare names are those of `scope` meanwhile; `record` is the row they were of before."""
        self.rows.insert(0, Row(scope))
        try:
            yield self.rows[0]
        finally:
            del self.rows[0]

    def field(self, node: ast.expr) -> tuple[FieldPath, Type]:
        """The field that a name or a chain of names stands for, and its type."""
        found = self._resolve(node)
        return self.read(found.level, found.path or (ID,), found.type), found.type

    def related(self, node: ast.expr) -> tuple[Rows, FieldPath | None] | None:
        """The records that `count` and `exists` look at, and what they belong to."""
        if isinstance(node, ast.Name):
            rows = self.scope.rows(None, node.id)
            if rows is None:
                return (Rows(node.id), None) if self.scope.within(node.id) else None
            level = self._levels[0]
            return rows, self._owner(Found(level, (), self._itself(level)), rows)
        if not isinstance(node, ast.Attribute):
            return None
        owner = self._resolve(node.value)
        rows = self.rows[owner.level].scope.rows(owner.type if owner.path else None, node.attr)
        return None if rows is None or owner.path == ("old",) else (rows, self._owner(owner, rows))

    def _owner(self, found: Found, rows: Rows) -> FieldPath:
        if rows.key is None:
            return self.read(found.level, (*found.path, str(rows.field)), Type(Kind.LIST))
        return self.read(found.level, found.path or (ID,), found.type)

    def read(self, level: int, path: Path, type: Type) -> FieldPath:
        """A path of the row of a level."""
        self.rows[level].names.add(path)
        return FieldPath.of(path, type, level)

    def _resolve(self, node: ast.expr) -> Found:
        if isinstance(node, ast.Name):
            return self._start(node)
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name | ast.Attribute):
            raise self.source.fault("E326", node)
        owner = self._resolve(node.value)
        if not owner.path and node.attr == "record":
            return self._outer(node, owner.level)
        type = self._member(owner, node.attr)
        if type is None:
            raise self._unknown_part(node, owner)
        links = owner.links + (owner.type.kind is Kind.RECORD and owner.path not in STARTS)
        path = (*owner.path, node.attr)
        if links > MOST_LINKS:
            raise self._at_end("E340", node, path=".".join(path), limit=str(MOST_LINKS))
        return Found(owner.level, path, type, links)

    def _member(self, owner: Found, name: str) -> Type | None:
        if owner.path:
            of_me = name == OF_ME and owner.path != ("me",)
            return None if of_me else self.rows[owner.level].scope.member(owner.type, name)
        return None if (name,) in STARTS else self.rows[owner.level].scope.member(None, name)

    def _start(self, node: ast.Name) -> Found:
        if node.id == "record":
            return self._outer(node, self._levels[0])
        level = len(self.rows) - 1 if node.id == "old" else self._levels[0]
        type = self.rows[level].scope.member(None, node.id)
        if type is None:
            raise self._unknown_name(node)
        return Found(level, (node.id,), type)

    def _outer(self, node: ast.expr, inner: int) -> Found:
        level = next((level for level in self._levels if level > inner), None)
        if level is None:
            raise self.source.fault("E342", node)
        return Found(level, (), self._itself(level))

    def _itself(self, level: int) -> Type:
        return self.rows[level].scope.member(None, ID) or Type(Kind.RECORD)

    def _unknown_name(self, node: ast.Name) -> ExpressionFault:
        name = node.id
        if name == "old":
            return self.source.fault("E345", node, name=name)
        if name in FUNCTIONS:
            return self.source.fault("E313", node, name=name, signature=FUNCTIONS[name].signature)
        for distance, level in enumerate(self._levels[1:], 1):
            if self.rows[level].scope.member(None, name) is not None:
                return self.source.fault("E341", node, name=name, written="record." * distance + name)
        if self.scope.rows(None, name) is not None:
            return self.source.fault("E346", node, name=name)
        return self.source.fault("E311", node, nearest(name, (*self.scope.names(None), *WORDS)), name=name)

    def _unknown_part(self, node: ast.Attribute, owner: Found) -> ExpressionFault:
        scope = self.rows[owner.level].scope
        names = scope.names(owner.type if owner.path else None)
        parts = tuple(name for name in names if name != OF_ME and (owner.path or (name,) not in STARTS))
        if not parts:
            return self._at_end("E326", node)
        near = "me.teams" if node.attr == OF_ME else nearest(node.attr, parts)
        return self._at_end("E312", node, near, name=node.attr, owner=in_words(owner.type))

    def _at_end(self, code: str, node: ast.Attribute, near: str | None = None, **values: str | Text) -> ExpressionFault:
        """The fault at the last part of a chain."""
        start, length = self.source.span(node)
        return ExpressionFault(code, start + length - len(node.attr), len(node.attr), near, values)
