"""Values of several parts: the lines that are typed, and the maps that files and the API hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.schema.field_type import refuse
from engine.schema.typed_text import one_line


def typed_lines(typed: str) -> list[str]:
    """Each line cleaned; "" for an empty one."""
    return [one_line(line) or "" for line in typed.split("\n")]


def written_parts(value: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    """The parts of a map in the order of `names`; "" for a missing one. Raises `ValueRefused` for any other key."""
    if unknown := [str(name) for name in value if name not in names]:
        raise refuse("part", name=unknown[0][:40], names=", ".join(names))
    return ["" if value.get(name) is None else one_line(str(value[name])) or "" for name in names]


def parts_schema(names: Sequence[str]) -> Mapping[str, Any]:
    """What the API has of such a value: a map of texts, in which a missing one is empty."""
    return {"type": "object", "properties": {name: {"type": "string"} for name in names}, "additionalProperties": False}


def check_length(parts: Sequence[str], most: int) -> None:
    """Raises `ValueRefused` when a part is too long."""
    if any(len(part) > most for part in parts):
        raise refuse("long", count=most)
