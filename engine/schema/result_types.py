"""Which field type the result of an expression has."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import replace
from typing import Any, NamedTuple

from engine.expressions.parse import Expression
from engine.expressions.tree import FieldPath
from engine.expressions.types import Kind, Type
from engine.language.source import Mapping, Scalar
from engine.schema.compilation import Compilation, FieldMap
from engine.schema.field_type import FieldType
from engine.schema.model import Field, Option

Path = tuple[str, ...]
Types = MappingType[str, FieldType]
PLACES = 2
"""Decimal places of a number that says nothing of its own."""
_OWN = ("to", "currency", "scale", "stars")
"""The options a copy of a value keeps: what says what it is, not what may be written."""
_PLAIN = {Kind.BOOLEAN: "boolean", Kind.TEXT: "text", Kind.CHOICE: "text", Kind.DATE: "date", Kind.DATETIME: "datetime"}


class Result(NamedTuple):
    type: FieldType
    settings: MappingType[str, Any]
    options: tuple[Option, ...] = ()


def result_of(expression: Expression, entity: str, fields: FieldMap, types: Types) -> Result | None:
    """The type of a computed field with this expression; None for a value no computed field can have."""
    if isinstance(expression.tree, FieldPath) and (source := field_at(fields, entity, expression.tree.path)):
        return copy_of(source, types)
    if expression.type.kind is Kind.CHOICE:
        chosen = (field_at(fields, entity, path) for path in sorted(expression.names))
        known = (field for field in chosen if field and field.options)
        match = next((f for f in known if set(expression.type.keys) <= {option.key for option in f.options}), None)
        return copy_of(match, types) if match and expression.type.keys else Result(types["text"], {})
    size = expression.sizes.get(expression.tree)
    whole = size is not None and size.places == 0 and not expression.type.currency
    return plain_result(replace(expression.type, scale=0) if whole else expression.type, types)


def plain_result(type: Type, types: Types) -> Result | None:
    """What a type of the expression language is as a field."""
    if type.kind is Kind.NUMBER:
        if type.currency:
            return Result(types["money"], {"currency": type.currency})
        if type.scale == 0:
            return Result(types["integer"], {})
        return Result(types["decimal"], {"scale": PLACES if type.scale is None else type.scale})
    if type.kind is Kind.RECORD and type.entity:
        known = type.entity if type.entity in ("user", "team") else "link"
        return Result(types[known], {"to": type.entity} if known == "link" else {})
    name = _PLAIN.get(type.kind)
    return Result(types[name], {}) if name else None


def copy_of(source: Field, types: Types) -> Result | None:
    """A value of the same kind as another field's."""
    kind = source.type
    if kind.kept_apart or kind.sealed or kind.holds_files or not kind.stored:
        return None
    if source.options and "pipeline" in source.settings:
        return Result(types["choice"], {}, source.options)
    if kind.numbering(source) is not None:
        return Result(types["text"], {})
    return Result(kind, {name: source.settings[name] for name in _OWN if name in source.settings}, source.options)


def field_at(fields: FieldMap, entity: str, path: Path) -> Field | None:
    """The field a path ends at; None for `me`, an id and the attributes of a stage."""
    found: Field | None = None
    for step in path:
        found = fields.get(entity, {}).get(step)
        if found is None:
            return None
        entity = found.target or ""
    return found


def typed_result(name: str, node: Mapping, compilation: Compilation) -> dict[str, Any]:
    """The options of a result that is written out; an amount without a currency has the workspace's."""
    options = compilation.types[name].options
    settings = {"currency": compilation.currency} if "currency" in options else {}
    return settings | written_options(compilation.types[name], node)


def written_options(kind: FieldType, node: Mapping) -> dict[str, Any]:
    """The options of the result that are written beside it."""
    found = {name: node.get(name) for name in ("currency", "scale") if name in kind.options}
    written = {name: each for name, each in found.items() if isinstance(each, Scalar)}
    return {name: int(each.text) if name == "scale" else each.text for name, each in written.items()}
