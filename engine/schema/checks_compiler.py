"""The checks of an entity: what none of its records may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping as MappingType
from dataclasses import replace

from engine.expressions.types import BOOLEAN
from engine.language.source import Mapping, Node, Scalar, Sequence
from engine.schema.compilation import Compilation
from engine.schema.model import Check, Field
from engine.schema.scope import EntityScope


def compile_checks(
    node: Node | None, fields: MappingType[str, Field], scope: EntityScope, compilation: Compilation
) -> tuple[Check, ...]:
    """One whose expression is at fault is left out; a problem says so."""
    items = node.items if isinstance(node, Sequence) else ()
    return tuple(_checks((item for item in items if isinstance(item, Mapping)), fields, scope, compilation))


def _checks(
    items: Iterator[Mapping], fields: MappingType[str, Field], scope: EntityScope, compilation: Compilation
) -> Iterator[Check]:
    for item in items:
        never = compilation.expression(item.get("never"), replace(scope, of_write=True), BOOLEAN)
        error, beside = compilation.text(item.get("error"), ""), item.get("field")
        named = beside if isinstance(beside, Scalar) else None
        known = named is None or compilation.known("E213", named, fields, where=f"{scope.entity}.checks")
        if never is not None:
            yield Check(never, error, named.text if named and known else None)
