"""The checked tree: Python syntax nodes, a node of our own for a field path, and the type of each."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from typing import Any, Final

from engine.expressions.types import Kind, Rows, Type

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
    level: int
    """0 for the row spoken of here, 1 for the one outside the nearest `where`, and so on."""

    @classmethod
    def of(cls, path: Path, type: Type, level: int = 0) -> FieldPath:
        node = cls(id="record." * level + ".".join(path), ctx=ast.Load())
        node.path = path
        node.textual = type.kind in (Kind.TEXT, Kind.CHOICE)
        node.level = level
        return node


class Quantified(ast.expr):
    """`count(rows, where)`, the number of rows that meet a condition, or `exists(rows, where)`, whether one does.
    Names in `where` are those of such a row; records in the bin are not among them."""

    _fields = ("owner", "where")
    counts: bool
    among: str
    """The records, as they are written."""
    rows: Rows
    owner: ast.expr | None
    """A field with the record they belong to, or one that names them; None for every record of the entity."""
    where: ast.expr | None
    names: frozenset[Path]
    """What `where` reads of such a row."""

    @classmethod
    def of(
        cls,
        counts: bool,
        among: str,
        rows: Rows,
        owner: ast.expr | None,
        where: ast.expr | None,
        names: Iterable[Path],
    ) -> Quantified:
        node = cls()
        node.counts, node.among, node.rows = counts, among, rows
        node.owner, node.where, node.names = owner, where, frozenset(names)
        return node


def literal_value(node: ast.expr) -> Any:
    """The value of a literal, else UNKNOWN."""
    return node.value if isinstance(node, ast.Constant) else UNKNOWN
