"""Whether a value of a request has the kind its field's schema says; its field's type judges the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.locale.catalogue import message_text
from engine.locale.text import Text

WHOLE = 19
"""Digits of a number that is taken as a whole one though it has a point or an exponent."""
Schema = Mapping[str, Any]


def fault_of(value: Any, schema: Schema) -> Text | None:
    """What is wrong, in a sentence; None when the value fits."""
    kinds = schema.get("type", ())
    kinds = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    if kinds and not set(kinds) & _kinds(value):
        return message_text(f"api.{kinds[0]}.type")
    if "enum" in schema and value not in schema["enum"]:
        return message_text("value.choice")
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return message_text("api.form", pattern=schema["pattern"])
    if isinstance(value, list):
        return _list_fault(value, schema)
    return _map_fault(value, schema) if isinstance(value, dict) else None


def whole(value: Any) -> Any:
    """2.0 and 2e3 are whole numbers in JSON Schema."""
    if isinstance(value, Decimal) and value.adjusted() < WHOLE and value == value.to_integral_value():
        return int(value)
    return value


def _kinds(value: Any) -> set[str]:
    match value:
        case bool():
            return {"boolean"}
        case int():
            return {"integer", "number"}
        case Decimal():
            return {"number", "integer"} if isinstance(whole(value), int) else {"number"}
        case str():
            return {"string"}
        case list():
            return {"array"}
        case dict():
            return {"object"}
    return {"null"}


def _list_fault(value: list[Any], schema: Schema) -> Text | None:
    if len(value) > schema.get("maxItems", len(value)):
        return message_text("api.too_many", count=schema["maxItems"])
    return next((fault for item in value if (fault := fault_of(item, schema.get("items", {})))), None)


def _map_fault(value: dict[str, Any], schema: Schema) -> Text | None:
    known: Mapping[str, Schema] = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            return message_text("api.part_missing", name=name)
    for name, part in value.items():
        if name not in known and schema.get("additionalProperties", True) is False:
            return message_text("value.part", name=name[:40], names=", ".join(known))
        if name in known and (fault := fault_of(part, known[name])):
            return fault
    return None
