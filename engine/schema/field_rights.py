"""How far a role goes with single fields, as a blueprint says it."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from typing import cast

from engine.language.source import Mapping, Node, Scalar
from engine.schema.compilation import Compilation, pairs
from engine.schema.model import Entity, Field, FieldRight


def read_field_rights(
    node: Node | None, fields: MappingType[str, Field], compilation: Compilation
) -> dict[str, FieldRight]:
    """Field -> right, of the declared fields."""
    declared = [field.name for field in fields.values() if not field.system]
    return {
        key.text: cast(FieldRight, right.text)
        for key, right in pairs(node)
        if isinstance(right, Scalar) and compilation.known("E213", key, declared, where="fields")
    }


def report_needed(entities: MappingType[str, Entity], compilation: Compilation) -> None:
    """A problem for each field that a role hides although records are found or named by it."""
    for _, role in compilation.section("roles"):
        for name, rights in pairs(role.get("entities")) if isinstance(role, Mapping) else ():
            entity = entities.get(name.text)
            for key, right in pairs(rights.get("fields")) if isinstance(rights, Mapping) else ():
                if entity and isinstance(right, Scalar) and right.text == "none" and _needed(entity, key.text):
                    compilation.problems.note("E229", key.place, {"name": key.text}, length=key.width)


def _needed(entity: Entity, name: str) -> bool:
    field = entity.fields.get(name)
    lines = field is not None and not field.type.stored
    return (
        lines
        or (field is not None and field.search)
        or name == entity.title
        or (entity.line_of is not None and name == entity.line_of[1])
    )
