"""A rollup: which records it is over, and what it takes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.expressions.parse import Expression
from engine.expressions.tree import FieldPath
from engine.expressions.types import BOOLEAN, INTEGER, Kind
from engine.language.source import Mapping, Scalar
from engine.schema.compilation import Compilation, FieldMap, text_of
from engine.schema.computed import Over, Rollup
from engine.schema.expression_nodes import parse_node, parse_pushable
from engine.schema.model import Field
from engine.schema.result_types import Result, copy_of, field_at, plain_result
from engine.schema.scope import EntityScope

COUNTING = ("count", "distinct")
ORDERED = (Kind.NUMBER, Kind.DATE, Kind.DATETIME)
SINGLE = (*ORDERED, Kind.TEXT, Kind.CHOICE, Kind.BOOLEAN, Kind.RECORD)
TAKES = {
    "count": (*SINGLE, Kind.PARTS, Kind.LIST),
    "distinct": SINGLE,
    "sum": (Kind.NUMBER,),
    "avg": (Kind.NUMBER,),
    "min": ORDERED,
    "max": ORDERED,
    "first": SINGLE,
    "last": SINGLE,
}


def compile_rollup(
    shape: Field, node: Mapping, fields: FieldMap, compilation: Compilation
) -> tuple[Rollup, Result | None] | None:
    """The rollup and the type of its value; None when it is at fault, which a problem then says."""
    of, function = node.get("of"), text_of(node.get("fn")) or ""
    if not isinstance(of, Scalar):
        return None
    over = next(iter(rolled_over(shape.entity, of.text, fields)), None)
    if over is None:
        near = sorted(_names(shape.entity, fields))
        if compilation.known("E492", of, near):
            compilation.problems.note("E492", of.place, {"name": of.text}, length=of.width)
        return None
    scope, problems = compilation.scope(over.entity, fields), compilation.problems
    errors = len(problems.errors)
    where = parse_pushable(node.get("where"), scope, BOOLEAN, problems) if "where" in node else None
    value = _value(shape, node, function, scope, compilation)
    if len(problems.errors) > errors or ("field" in node and value is None) or ("where" in node and where is None):
        return None
    return Rollup(over, function, value, where), _result(function, value, over.entity, fields, compilation)


def _value(
    shape: Field, node: Mapping, function: str, scope: EntityScope, compilation: Compilation
) -> Expression | None:
    written, problems = node.get("field"), compilation.problems
    if not isinstance(written, Scalar):
        if function != "count":
            problems.note("E493", shape.place, {"fn": function, "name": shape.name}, length=len(shape.name))
        return None
    value = parse_node(written, scope, None, problems)
    if value is None:
        return None
    read = field_at(scope.fields, scope.entity, value.tree.path) if isinstance(value.tree, FieldPath) else None
    if read is None or value.type.kind not in TAKES.get(function, ()) or not column_of(read):
        problems.note("E495", written.place, {"fn": function, "name": written.text}, length=written.width)
        return None
    return value


def column_of(field: Field) -> bool:
    """Whether the table holds the value, in a column of its own."""
    return field.type.stored and not field.type.kept_apart and not (field.computed and not field.computed.stored)


def _result(
    function: str, value: Expression | None, entity: str, fields: FieldMap, compilation: Compilation
) -> Result | None:
    types = compilation.types
    if function in COUNTING or value is None or not isinstance(value.tree, FieldPath):
        return plain_result(INTEGER, types)
    source = field_at(fields, entity, value.tree.path)
    if function == "avg" and value.type.scale == 0 and source is not None and source.type.name == "integer":
        return plain_result(replace(value.type, scale=None), types)
    return copy_of(source, types) if source is not None else None


def rolled_over(entity: str, name: str, fields: FieldMap) -> Iterator[Over]:
    """The records that `of` names from an entity."""
    own = fields.get(entity, {}).get(name)
    if own is not None and not own.type.stored and own.target and "key" in own.settings:
        link = fields.get(own.target, {}).get(str(own.settings["key"]))
        yield from [Over.by("members", link)] if link else []
    elif own is not None and own.type.kept_apart and len(own.targets) == 1:
        yield Over.by("linked", own)
    elif own is not None and own.target == entity and own.type.stored and not own.system and own.computed is None:
        yield Over.by("tree", own)
    other, dot, link_name = name.partition(".")
    for source, by_name in fields.items():
        for link in by_name.values():
            if link.system or link.computed or not link.leads_to(entity) or len(link.targets) > 1:
                continue
            if (dot and (source, link.name) == (other, link_name)) or link.settings.get("inverse") == name:
                yield Over.by("members", link)


def _names(entity: str, fields: FieldMap) -> Iterator[str]:
    """Everything a rollup of an entity can be over."""
    for source, by_name in fields.items():
        for link in by_name.values():
            if not link.system and link.leads_to(entity):
                yield f"{source}.{link.name}"
    for field in fields.get(entity, {}).values():
        if "key" in field.settings or field.type.kept_apart or (field.target == entity and not field.system):
            yield field.name
