"""What the filters of an address ask of the gateway."""

from __future__ import annotations

from collections.abc import Iterable

from engine.forms.filters import Asked, FilterGroup
from engine.records.query import AnyCondition, Condition, ConditionGroup


def conditions_of(filters: Iterable[Asked]) -> tuple[AnyCondition, ...]:
    return tuple(_condition(asked) for asked in filters)


def _condition(asked: Asked) -> AnyCondition:
    if isinstance(asked, FilterGroup):
        return ConditionGroup(asked.joint, conditions_of(asked.parts))
    return Condition(asked.field.name, asked.comparison.name, asked.values)
