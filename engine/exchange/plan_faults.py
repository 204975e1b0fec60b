"""What is wrong with a plan before any row is looked at."""

from __future__ import annotations

from collections.abc import Mapping

from engine.exchange.plan import DATE_ORDERS, ID, MODES, ColumnMap, ImportPlan
from engine.exchange.targets import importable, is_link, keys, link_keys
from engine.locale.catalogue import message_text
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import ValueRefused
from engine.schema.model import Entity, Field
from engine.schema.record_ids import read_id


def plan_faults(entities: Mapping[str, Entity], entity: Entity, plan: ImportPlan, formats: Formats) -> dict[str, Text]:
    """A sentence for each fault, by `columns.<position>`, `fixed.<field>`, `key` or `mode`."""
    fields = {field.name: field for field in importable(entity)}
    errors: dict[str, Text] = {}
    seen: set[str] = set()
    for column in plan.mapped:
        if fault := _column_fault(entities, fields, column, seen):
            errors[f"columns.{column.position}"] = fault
        seen.add(column.field or "")
    if not plan.mapped:
        errors["columns"] = message_text("import.no_plan")
    for name, text in plan.fixed.items():
        if fault := _fixed_fault(fields.get(name), name, text, formats):
            errors[f"fixed.{name}"] = fault
    return errors | _key_faults(entity, plan, [*seen, *plan.fixed])


def _column_fault(
    entities: Mapping[str, Entity], fields: Mapping[str, Field], column: ColumnMap, seen: set[str]
) -> Text | None:
    name = column.field or ""
    if name in seen:
        return message_text("import.two_columns")
    if name == ID:
        return None
    field = fields.get(name)
    if field is None:
        return message_text("import.unknown_field", name=name)
    if column.by and not (is_link(field) and column.by in link_keys(field, entities)):
        return message_text("import.unknown_naming", label=field.label, name=column.by)
    if column.date_order not in DATE_ORDERS:
        return message_text("import.unknown_option", name=str(column.date_order))
    unknown = [key for key in column.values.values() if key and field.options and field.option(key) is None]
    return message_text("import.unknown_option", name=unknown[0]) if unknown else None


def _fixed_fault(field: Field | None, name: str, text: str, formats: Formats) -> Text | None:
    if field is None or (is_link(field) and not field.target):
        return message_text("import.unknown_field", name=name)
    try:
        value = read_id(text) if field.target else field.type.parse(text, field, formats)
        field.type.validate(value, field)
    except ValueRefused as refusal:
        return refusal.message
    return None


def _key_faults(entity: Entity, plan: ImportPlan, mapped: list[str]) -> dict[str, Text]:
    if plan.mode not in MODES:
        return {"mode": message_text("import.unknown_option", name=str(plan.mode))}
    if plan.mode == "update" and not plan.key:
        return {"key": message_text("import.update_needs_key")}
    if not plan.key or plan.key in keys(entity, mapped) or set(plan.key) <= {*mapped}:
        return {}
    missing = next(name for name in plan.key if name not in mapped)
    label = entity.fields[missing].label if missing in entity.fields else Text.of(missing)
    return {"key": message_text("import.key_needs_column", label=label)}
