"""What a view is grouped by: as written in a blueprint, and as an address says it."""

from __future__ import annotations

from engine.forms.compilation import ScreenCompilation
from engine.forms.grammar import FIELD
from engine.forms.model import PivotGroup
from engine.forms.pivot_fields import PERIODS, can_group, is_day
from engine.language.nodes import Mapping, Node, Scalar
from engine.schema.compilation import text_of
from engine.schema.model import Entity, Field
from engine.schema.sections import closed

GROUP = {
    "anyOf": [
        FIELD,
        closed(
            {"field": FIELD, "by": {"enum": list(PERIODS), "description": "How long the period of a date is."}},
            ("field",),
        ),
    ],
    "description": "A field, or a date with its period.",
    "x-words": {"wanted": {"en": "a field or a map with field:", "zh-CN": "字段名或带 field: 的映射"}},
}


def read_group(node: Node | None, entity: Entity, where: str, compilation: ScreenCompilation) -> PivotGroup | None:
    """The group written in a view; one that cannot be is a problem and left out."""
    name = node.get("field") if isinstance(node, Mapping) else node
    field = compilation.field(name, entity, where) if isinstance(name, Scalar) else None
    if field is None or not isinstance(name, Scalar):
        return None
    by = text_of(node.get("by")) if isinstance(node, Mapping) else None
    if not can_group(field):
        compilation.fault("E448", name)
        return None
    if by and not is_day(field):
        compilation.fault("E449", name, by=by)
        return None
    return PivotGroup(field, by or _usual(field))


def list_groups(entity: Entity) -> tuple[Field, ...]:
    """The fields the records of a list can be grouped by."""
    return tuple(field for field in entity.fields.values() if can_group(field) and not field.targets)


def parse_group(text: str, entity: Entity) -> PivotGroup | None:
    """`stage`, `close_date` or `close_date.quarter`; None when the list cannot be grouped by it."""
    name, _, by = text.partition(".")
    field = next((field for field in list_groups(entity) if field.name == name), None)
    if field is None or (by and (by not in PERIODS or not is_day(field))):
        return None
    return PivotGroup(field, by or _usual(field))


def _usual(field: Field) -> str:
    return "month" if is_day(field) else ""
