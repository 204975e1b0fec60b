"""Saved maps of columns, from the section `imports`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping as MappingType

from engine.language.names import check_name
from engine.language.source import Mapping, Node, Scalar
from engine.schema.compilation import Compilation, humanise, is_true, pairs, scalars, text_of
from engine.schema.import_maps import ImportMap, MappedColumn
from engine.schema.model import Entity

ID = "id"


def compile_import_maps(
    entities: MappingType[str, Entity], compilation: Compilation
) -> dict[str, tuple[ImportMap, ...]]:
    """The maps of each entity."""
    found: dict[str, tuple[ImportMap, ...]] = dict.fromkeys(entities, ())
    for key, node in compilation.section("imports"):
        if compilation.known("E212", key, entities):
            found[key.text] = tuple(_maps(entities[key.text], node, compilation))
    return found


def _maps(entity: Entity, node: Node, compilation: Compilation) -> Iterator[ImportMap]:
    for key, written in pairs(node):
        check_name(key, compilation.problems)
        if isinstance(written, Mapping):
            label = compilation.text(written.get("label"), humanise(key.text))
            columns = tuple(_columns(entity, written.get("columns"), compilation))
            keys = scalars(written.get("key"))
            named = [name for name in keys if _known(entity, name, compilation)]
            yield ImportMap(
                key.text,
                label,
                columns,
                text_of(written.get("mode")),
                tuple(name.text for name in named) if "key" in written else None,
            )


def _columns(entity: Entity, node: Node | None, compilation: Compilation) -> Iterator[MappedColumn]:
    for key, written in pairs(node):
        if isinstance(written, Scalar):
            if written.value is False:
                yield MappedColumn(key.text, None)
            elif _known(entity, written, compilation):
                yield MappedColumn(key.text, written.text)
        elif isinstance(written, Mapping):
            name = written.get("field")
            if isinstance(name, Scalar) and _known(entity, name, compilation):
                yield MappedColumn(
                    key.text,
                    name.text,
                    text_of(written.get("by")) or "",
                    is_true(written.get("create_missing")),
                    text_of(written.get("dates")) or "",
                    {text.text: text_of(option) or "" for text, option in pairs(written.get("values"))},
                    is_true(written.get("blank_bad")),
                )


def _known(entity: Entity, name: Scalar, compilation: Compilation) -> bool:
    stored = [ID, *(field.name for field in entity.fields.values() if field.type.stored)]
    return compilation.known("E213", name, stored, where=f"imports.{entity.name}")
