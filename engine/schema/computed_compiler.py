"""Computed fields get the type of their result, whatever order they stand in: one may be made of another."""

from __future__ import annotations

import ast
from contextlib import suppress
from dataclasses import dataclass, field as default, replace
from typing import Any

from engine.expressions.functions import FUNCTIONS as HELPERS
from engine.expressions.parse import Expression, ExpressionFault, parse
from engine.expressions.tree import Quantified
from engine.expressions.types import Kind, Type
from engine.language.source import Mapping, Node, Scalar
from engine.schema.compilation import Compilation, pairs, text_of
from engine.schema.computed import Computed, Origin
from engine.schema.computed_order import Place, tell_ring
from engine.schema.expression_nodes import parse_node
from engine.schema.model import Field
from engine.schema.result_types import Result, field_at, result_of, typed_result, written_options
from engine.schema.rollup_compiler import compile_rollup, rolled_over
from engine.schema.scope import EntityScope

KINDS = ("formula", "rollup", "lookup")


def resolve_computed(shapes: dict[str, dict[str, Field]], compilation: Compilation) -> dict[str, dict[str, Field]]:
    """The fields of every entity, computed ones with their results. One that is at fault is broken."""
    resolver = _Resolver(shapes, compilation)
    for place in resolver.waiting.copy():
        resolver.resolve(place)
    return {entity: dict(fields) for entity, fields in resolver.fields.items()}


class _RingFound(Exception):
    """On the way back to the `first` field of a ring, which was told."""

    def __init__(self, first: Place) -> None:
        super().__init__(first)
        self.first = first


class _Fields(dict[str, Field]):
    """The fields of one entity; one that is looked up has its result by then."""

    def __init__(self, entity: str, fields: dict[str, Field], resolver: _Resolver) -> None:
        super().__init__(fields)
        self._entity, self._resolver = entity, resolver

    def __getitem__(self, name: str) -> Field:
        self._resolver.resolve((self._entity, name))
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self._resolver.resolve((self._entity, name))
        return super().get(name, default)


@dataclass
class _Resolver:
    shapes: dict[str, dict[str, Field]]
    compilation: Compilation
    fields: dict[str, _Fields] = default(init=False)
    waiting: dict[Place, Mapping] = default(init=False)
    path: list[Place] = default(default_factory=list)

    def __post_init__(self) -> None:
        self.fields = {entity: _Fields(entity, fields, self) for entity, fields in self.shapes.items()}
        self.waiting = {
            (entity.text, name.text): node
            for entity, section in self.compilation.section("entities")
            for name, node in pairs(section.get("fields") if isinstance(section, Mapping) else None)
            if isinstance(node, Mapping) and text_of(node.get("type")) in KINDS
        }

    def resolve(self, place: Place) -> None:
        node = self.waiting.get(place)
        shape = self.shapes.get(place[0], {}).get(place[1])
        if node is None or shape is None:
            return
        if place in self.path:
            raise self._ring(self.path[self.path.index(place) :])
        self.path.append(place)
        try:
            found = shape if shape.broken else self._resolved(shape, node)
        except _RingFound as ring:
            if place != ring.first:
                raise
            found = None
        finally:
            self.path.pop()
        if self.waiting.pop(place, None) is not None:
            self.fields[place[0]].update({place[1]: found or replace(shape, broken=True)})

    def _ring(self, ring: list[Place]) -> _RingFound:
        """Fields whose results wait for each other: all of them are broken."""
        tell_ring([self.shape(place) for place in ring], self.compilation.problems)
        for place in ring:
            self.waiting.pop(place, None)
            self.fields[place[0]].update({place[1]: replace(self.shape(place), broken=True)})
        return _RingFound(ring[0])

    def shape(self, place: Place) -> Field:
        return self.shapes[place[0]][place[1]]

    def _resolved(self, shape: Field, node: Mapping) -> Field | None:
        if shape.type.name == "rollup":
            for over in rolled_over(shape.entity, text_of(node.get("of")) or "", self.fields):
                self._look(node.get("field"), self.compilation.scope(over.entity, self.fields))
                self._look(node.get("where"), self.compilation.scope(over.entity, self.fields))
            found = compile_rollup(shape, node, self.fields, self.compilation)
            if found is None:
                return None
            rollup, result = found
            reads = self._drifting([(rollup.where, rollup.over.entity)])
            computed = Computed("rollup", self._stored(node, reads), rollup=rollup)
            if not computed.stored:
                self.compilation.problems.note("E496", shape.place, {"name": shape.name}, length=len(shape.name))
                return None
            return self._typed(shape, node, result, computed, reads)
        expression = self._formula(shape, node) if shape.type.name == "formula" else self._lookup(shape, node)
        if expression is None:
            return None
        snapshot = text_of(node.get("mode")) == "snapshot"
        link = next(iter(expression.names))[0] if snapshot else None
        kind: Origin = "lookup" if shape.type.name == "lookup" else "formula"
        reads = self._drifting([(expression, shape.entity)])
        computed = Computed(kind, self._stored(node, reads), expression, snapshot=link)
        result = result_of(expression, shape.entity, self.fields, self.compilation.types)
        return self._typed(shape, node, result, computed, reads)

    def _formula(self, shape: Field, node: Mapping) -> Expression | None:
        scope, written = self.compilation.scope(shape.entity, self.fields), node.get("expr")
        self._look(written, scope)
        return parse_node(written, scope, self._wanted(shape, node), self.compilation.problems)

    def _look(self, written: Node | None, scope: EntityScope) -> None:
        """Have what an expression reads resolved, before it is judged whether anything of it is broken."""
        if isinstance(written, Scalar):
            with suppress(ExpressionFault):
                parse(written.text, scope)

    def _wanted(self, shape: Field, node: Mapping) -> Type | None:
        """The type an expression must have for the result that is written."""
        name = text_of(node.get("result"))
        if name is None:
            return None
        kind = self.compilation.types[name]
        return kind.expression_type(replace(shape, type=kind, settings=typed_result(name, node, self.compilation)))

    def _lookup(self, shape: Field, node: Mapping) -> Expression | None:
        via, name = node.get("via"), node.get("field")
        if not isinstance(via, Scalar) or not isinstance(name, Scalar):
            return None
        scope = self.compilation.scope(shape.entity, self.fields)
        link = parse_node(via, scope, None, self.compilation.problems)
        if link is None:
            return None
        if link.type.kind is not Kind.RECORD or len(link.names) != 1 or ("me",) in link.names:
            self.compilation.problems.note("E492", via.place, {"name": via.text}, length=via.width)
            return None
        known = [field.name for field in self.fields.get(link.type.entity or "", {}).values() if field.type.stored]
        if name.text not in self.fields.get(link.type.entity or "", {}):
            self.compilation.known("E213", name, known, where=link.type.entity or "")
            return None
        whole = replace(name, text=f"{via.text}.{name.text}", place=name.place)
        return parse_node(whole, scope, None, self.compilation.problems)

    def _drifting(self, expressions: list[tuple[Expression | None, str]]) -> list[str]:
        """What expressions over rows of an entity read that changes without a write."""
        found = []
        for expression, entity in expressions:
            if expression is not None:
                found += clocked(expression)
                fields = {path: field_at(self.fields, entity, path) for path in sorted(expression.names)}
                found += [".".join(path) for path, field in fields.items() if field and _drifts(field)]
        return list(dict.fromkeys(found))

    def _stored(self, node: Mapping, reads: list[str]) -> bool:
        """Kept in the table, unless it is written otherwise or the value changes without any write."""
        written = node.get("stored")
        if isinstance(written, Scalar) and isinstance(written.value, bool):
            return written.value
        return not reads

    def _typed(
        self, shape: Field, node: Mapping, result: Result | None, computed: Computed, reads: list[str]
    ) -> Field | None:
        """The field with the type of its result."""
        if result is None:
            self.compilation.problems.note("E494", shape.place, {"name": shape.name}, length=len(shape.name))
            return None
        if computed.stored and reads:
            values = {"name": shape.name, "reads": ", ".join(reads)}
            self.compilation.problems.note("E491", shape.place, values, length=len(shape.name))
            return None
        kind, settings, options = result
        if name := text_of(node.get("result")):
            kind, options = self.compilation.types[name], options if name == "choice" else ()
            settings = {**settings, **typed_result(name, node, self.compilation)}
        else:
            settings = {**settings, **written_options(kind, node)}
        if not kind.sortable and (shape.unique or shape.index):
            values = {"name": shape.name, "type": kind.name}
            self.compilation.problems.note("E224", shape.place, values, length=len(shape.name))
        return replace(
            shape,
            type=kind,
            settings=settings,
            options=shape.options or options,
            target=kind.target(settings),
            targets=kind.targets(settings),
            computed=computed,
        )


def clocked(expression: Expression) -> list[str]:
    """The day, the moment and who asks, as far as an expression reads them."""
    calls = [node.func for node in ast.walk(expression.tree) if isinstance(node, ast.Call)]
    called = sorted({call.id for call in calls if isinstance(call, ast.Name)})
    named = [f"{name}()" for name in called if name in HELPERS and HELPERS[name].changes_with_time]
    quantified = [node for node in ast.walk(expression.tree) if isinstance(node, Quantified)]
    counted = ["count()" if node.counts else "exists()" for node in quantified]
    return [*named, *counted, *(["me"] if any(path[0] == "me" for path in expression.names) else [])]


def _drifts(field: Field) -> bool:
    """Whether the value changes without a write of its record's fields."""
    live = field.computed is not None and not field.computed.stored
    return live or field.joint is not None or field.name == "last_activity_at"
