"""What the compilers of this room share while they work on one blueprint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping as MappingType
from dataclasses import dataclass

from engine.expressions.definitions import NONE, Definitions
from engine.expressions.parse import Expression
from engine.expressions.types import Type
from engine.language.problems import Problems, nearest
from engine.language.source import Mapping, Node, Scalar, Sequence
from engine.locale.text import Text
from engine.schema.expression_nodes import parse_node
from engine.schema.field_type import FieldType
from engine.schema.model import Field
from engine.schema.scope import EntityScope
from engine.schema.texts import read_text

EMPTY: tuple[tuple[Scalar, Node], ...] = ()


@dataclass(frozen=True, slots=True)
class Compilation:
    """The merged text, the field types, the languages every text should have, and where problems go."""

    root: Mapping
    types: MappingType[str, FieldType]
    languages: tuple[str, ...]
    currency: str
    problems: Problems
    definitions: Definitions = NONE
    """What expressions may use besides the fields of records."""

    def scope(self, entity: str, fields: FieldMap) -> EntityScope:
        """The names of expressions about a row of an entity."""
        return EntityScope(entity, fields, self.definitions)

    def section(self, name: str) -> tuple[tuple[Scalar, Node], ...]:
        """The (name, node) pairs of a section; none when it is missing or broken."""
        return pairs(self.root.get(name))

    def text(self, node: Node | None, default: str) -> Text:
        return read_text(node, self.languages, self.problems) if node is not None else Text.of(default)

    def expression(self, node: Node | None, scope: EntityScope, expected: Type) -> Expression | None:
        """The expression in `node`, or None when it is missing or wrong (then a problem says so)."""
        return parse_node(node, scope, expected, self.problems) if isinstance(node, Scalar) else None

    def known(self, code: str, scalar: Scalar, candidates: Iterable[str], **values: str) -> bool:
        """Whether the name in `scalar` is a candidate; else a problem with a near name is added."""
        names = list(candidates)
        if scalar.text in names:
            return True
        near = nearest(scalar.text, names)
        given = {"name": scalar.text, "value": scalar.text, "key": scalar.text, **values}
        self.problems.note(code, scalar.place, given, near=near, length=scalar.width)
        return False


def pairs(node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    """The entries of a mapping; nothing of anything else."""
    return tuple((entry.key, entry.value) for entry in node.entries) if isinstance(node, Mapping) else EMPTY


def scalars(node: Node | None) -> tuple[Scalar, ...]:
    """The scalars of a sequence, or one scalar alone."""
    if isinstance(node, Scalar):
        return (node,)
    return tuple(item for item in node.items if isinstance(item, Scalar)) if isinstance(node, Sequence) else ()


def texts_of(node: Node | None) -> tuple[str, ...]:
    return tuple(scalar.text for scalar in scalars(node))


def text_of(node: Node | None) -> str | None:
    return node.text if isinstance(node, Scalar) else None


def is_true(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.value is True


FieldMap = MappingType[str, MappingType[str, Field]]
"""Fields by entity name and field name."""


def humanise(name: str) -> str:
    """A readable label for a name: "close_date" -> "Close date"."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
