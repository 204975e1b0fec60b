"""What a request wants of a record: its values, read by the types of their fields, and its line items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.judging import LineChange
from engine.schema.field_type import ValueRefused
from engine.schema.model import Entity, Field
from engine.schema.record_ids import ID
from engine.schema.system_fields import WRITABLE
from engine.web.api.fitting import fault_of, whole

MOST_LINES = 1000
DELETE = "_delete"
NOT_WRITTEN = ("id", "deleted_at", "_expanded")
"""What an answer has beside fields, and what may come back with it."""
LARGEST_VERSION = 2**31 - 1
Entities = Mapping[str, Entity]


@dataclass(frozen=True, slots=True)
class Draft:
    """`errors` are of what could not be read, by field; `version` is the one that was read."""

    values: Mapping[str, Any]
    lines: Mapping[str, tuple[LineChange, ...]]
    errors: Mapping[str, Text]
    version: int | None = None


def read_draft(entities: Entities, entity: Entity, body: Mapping[str, Any], new: bool) -> Draft:
    """What answers have and nobody sets (`id`, `created_at`) may come back with a change, and is left out."""
    values, errors = dict[str, Any](), dict[str, Text]()
    lines: dict[str, tuple[LineChange, ...]] = {}
    version = None if new else _version(body.get("version"), "version", errors)
    for name, given in body.items():
        field = entity.fields.get(name)
        if not new and (name == "version" or _comes_back(name, field)):
            continue
        if field is None:
            errors[name[:80]] = message_text("value.unknown_field", name=name[:80])
        elif field.type.stored:
            _read(field, given, values, errors, name)
        else:
            lines[name] = _lines(entities[field.target or ""], field, given, errors)
    return Draft(values, lines, errors, version)


def _comes_back(name: str, field: Field | None) -> bool:
    computed = field is not None and field.computed is not None
    return computed or name in NOT_WRITTEN or (field is not None and field.system and name not in WRITABLE)


def _read(field: Field, given: Any, values: dict[str, Any], errors: dict[str, Text], name: str) -> None:
    schema = field.type.json_schema(field)
    fault = None if given is None else fault_of(given, schema)
    try:
        if fault is None:
            values[field.name] = None if given is None else field.type.accept(whole(given), field)
        else:
            errors[name] = fault
    except ValueRefused as refusal:
        errors[name] = refusal.message


def _lines(line: Entity, field: Field, given: Any, errors: dict[str, Text]) -> tuple[LineChange, ...]:
    if not isinstance(given, list):
        errors[field.name] = message_text("api.array.type")
        return ()
    if len(given) > MOST_LINES:
        errors[field.name] = message_text("api.too_many", count=MOST_LINES)
        return ()
    return tuple(_line(line, field, number, item, errors) for number, item in enumerate(given))


def _line(line: Entity, field: Field, number: int, given: Any, errors: dict[str, Text]) -> LineChange:
    prefix = f"{field.name}.{number}"
    if not isinstance(given, dict):
        errors[prefix] = message_text("api.object.type")
        return LineChange(None, {})
    values: dict[str, Any] = {}
    line_id = _line_id(given.get("id"), f"{prefix}.id", errors)
    version = _version(given.get("version"), f"{prefix}.version", errors)
    delete = given.get(DELETE, False)
    if not isinstance(delete, bool):
        errors[f"{prefix}.{DELETE}"] = message_text("api.boolean.type")
    for name, value in given.items():
        inner = line.fields.get(name)
        if name in ("id", "version", DELETE, field.settings["key"]) or (
            inner is not None and inner.computed is not None
        ):
            continue
        if inner is None or not inner.type.stored:
            errors[f"{prefix}.{name[:80]}"] = message_text("value.unknown_field", name=name[:80])
        else:
            _read(inner, value, values, errors, f"{prefix}.{name}")
    return LineChange(line_id, values, delete is True, version)


def _line_id(given: Any, name: str, errors: dict[str, Text]) -> int | None:
    if given is None:
        return None
    if not isinstance(given, str) or not ID.fullmatch(given):
        errors[name] = message_text("value.record")
        return None
    return int(given)


def _version(given: Any, name: str, errors: dict[str, Text]) -> int | None:
    if given is None:
        return None
    version = whole(given)
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= LARGEST_VERSION:
        errors[name] = message_text("api.integer.type")
        return None
    return version
