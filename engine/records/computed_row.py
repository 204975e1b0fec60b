"""The computed values of a record that is about to be written, from what it will hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from engine.locale.catalogue import message_text
from engine.records.errors import Invalid
from engine.records.view import RecordView
from engine.schema.computed import fitting, is_too_large, of_nothing
from engine.schema.computed_order import Plan
from engine.schema.model import Entity, Field


def with_formulas(
    plan: Plan,
    entity: Entity,
    row: Mapping[str, Any],
    changed: Collection[str] | None,
    view: RecordView,
    strict: bool = False,
) -> dict[str, Any]:
    """The row with its formulas and lookups, as far as `changed` touches them; None for a new record, of which all
    are worked out and nothing hangs on it yet. With `strict` a number that is too large raises `Invalid`."""
    worked_out = dict(row)
    if changed is None:
        worked_out |= {field.name: of_nothing(field) for field in plan.rollups.get(entity.name, ())}
    touched = None if changed is None else set(changed)
    for field in plan.own.get(entity.name, ()):
        if touched is not None and touched.isdisjoint(_reads(field)):
            continue
        value = value_of(field, worked_out, view, strict)
        if touched is not None and value != worked_out.get(field.name):
            touched.add(field.name)
        worked_out[field.name] = value
    return worked_out


def value_of(field: Field, row: Mapping[str, Any], view: RecordView, strict: bool = False) -> Any:
    """What a formula or lookup comes to. With `strict` raises `Invalid` for a number that is too large."""
    expression = field.computed.expression if field.computed else None
    value = None if expression is None else view.judge(expression, row)
    if strict and is_too_large(field, value):
        raise Invalid({field.name: message_text("computed.too_large", label=field.label)})
    return fitting(field, value)


def _reads(field: Field) -> set[str]:
    """The fields of the own row that a value is made of."""
    computed = field.computed
    if computed is None or computed.expression is None:
        return set()
    return {computed.snapshot} if computed.snapshot else {path[0] for path in computed.expression.names}
