"""The field types a guess chooses from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from engine.language.discovery import registry
from engine.schema.field_type import FieldType


@lru_cache(maxsize=1)
def field_types() -> Mapping[str, FieldType]:
    """Every field type by its word."""
    return registry("engine.schema.field_types", FieldType)
