"""The checked tree: Python syntax nodes, a node of our own for a field path, and the type of each."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any, Final

from engine.expressions.types import Kind, Type

Path = tuple[str, ...]
Types = Mapping[ast.expr, Type]


class Unknown:
    """The value of what is only known when it runs."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


class FieldPath(ast.Name):
    """A name that is read from the record: `account.owner` is one node with the path ("account", "owner")."""

    path: Path
    textual: bool
    """Its empty text counts as null."""

    @classmethod
    def of(cls, path: Path, type: Type) -> FieldPath:
        node = cls(id=".".join(path), ctx=ast.Load())
        node.path = path
        node.textual = type.kind in (Kind.TEXT, Kind.CHOICE)
        return node


def literal_value(node: ast.expr) -> Any:
    """The value of a literal, else UNKNOWN."""
    return node.value if isinstance(node, ast.Constant) else UNKNOWN
