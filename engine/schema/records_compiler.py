"""Seed and demo records: names are checked here, values when they are written."""

from __future__ import annotations

from collections.abc import Mapping as MappingType

from engine.language.source import Mapping, Node, Scalar, plain
from engine.schema.compilation import Compilation, FieldMap, pairs
from engine.schema.model import SeedRecord

EXTRA = {"user": ("roles",)}
"""What a record in a file may say beside its fields."""


def compile_records(node: Node | None, fields: FieldMap, compilation: Compilation) -> tuple[SeedRecord, ...]:
    """The records of a `seed` or `demo` section, in the order written."""
    records: list[SeedRecord] = []
    for entity, items in pairs(node):
        if compilation.known("E212", entity, fields):
            for ref, values in pairs(items):
                if isinstance(values, Mapping):
                    records.append(_record(entity.text, ref, values, fields[entity.text], compilation))
    return tuple(records)


def _record(
    entity: str, ref: Scalar, values: Mapping, fields: MappingType[str, object], compilation: Compilation
) -> SeedRecord:
    allowed = [*fields, *EXTRA.get(entity, ())]
    for key, _ in pairs(values):
        compilation.known("E213", key, allowed, where=f"{entity}.{ref.text}")
    return SeedRecord(entity, ref.text, plain(values), ref.place)
