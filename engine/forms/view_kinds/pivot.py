"""A pivot: records counted and added up by fields down the side and across the top."""

from __future__ import annotations

from dataclasses import replace

from engine.forms.columns import is_lines, is_number
from engine.forms.compilation import ScreenCompilation
from engine.forms.grammar import FIELD
from engine.forms.model import Measure, PivotGroup, PivotScreen
from engine.forms.pivot_fields import PERIODS, can_group, is_day
from engine.forms.view_kind import ViewKind, query_of
from engine.language.nodes import Mapping, Node, Scalar, Sequence
from engine.locale.text import Text
from engine.schema.compilation import pairs, text_of
from engine.schema.model import Entity
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
MEASURE = {
    "anyOf": [
        {"enum": ["count"]},
        closed({"sum": FIELD | {"description": "The number that is added up."}}, ("sum",)),
        closed({"avg": FIELD | {"description": "The number whose average is taken."}}, ("avg",)),
    ],
    "description": "count, or the sum or average of a number.",
    "x-words": {"wanted": {"en": "count, or a map with sum: or avg:", "zh-CN": "count，或带 sum: 或 avg: 的映射"}},
}


class PivotKind(ViewKind):
    name = "pivot"
    label = Text.of({"en": "Pivot", "zh-CN": "透视表"})
    icon = "sheet"
    order = 6
    parameters = ("f", "rows", "across", "measure")
    options = {
        "rows": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": GROUP,
            "description": "What stands down the side.",
        },
        "across": GROUP | {"description": "What stands across the top."},
        "measures": {
            "type": "array",
            "minItems": 1,
            "maxItems": 4,
            "items": MEASURE,
            "description": "What is counted.",
        },
    }

    def compile(self, key: Scalar, node: Mapping, entity: Entity, compilation: ScreenCompilation) -> PivotScreen:
        rows = tuple(group for item in _items(node.get("rows")) if (group := _group(item, entity, compilation)))
        measures = tuple(m for item in _items(node.get("measures")) if (m := _measure(item, entity, compilation)))
        query = query_of(node, (), entity, compilation)
        return PivotScreen(
            **self.common(key, node, entity, compilation),
            rows=rows,
            across=_group(node.get("across"), entity, compilation),
            measures=measures or (Measure("count"),),
            query=replace(query, fields=(entity.title,)),
        )


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


def _group(node: Node | None, entity: Entity, compilation: ScreenCompilation) -> PivotGroup | None:
    name = node.get("field") if isinstance(node, Mapping) else node
    field = compilation.field(name, entity, "pivot") if isinstance(name, Scalar) else None
    if field is None or not isinstance(name, Scalar):
        return None
    by = text_of(node.get("by")) if isinstance(node, Mapping) else None
    if not can_group(field):
        compilation.fault("E448", name)
        return None
    if by and not is_day(field):
        compilation.fault("E449", name, by=by)
        return None
    return PivotGroup(field, by or ("month" if is_day(field) else ""))


def _measure(node: Node, entity: Entity, compilation: ScreenCompilation) -> Measure | None:
    if isinstance(node, Scalar):
        return Measure("count") if node.text == "count" else None
    for function, name in pairs(node):
        field = compilation.field(name, entity, "measures") if isinstance(name, Scalar) else None
        if field is None or not isinstance(name, Scalar):
            return None
        if is_lines(field) or not is_number(field):
            compilation.fault("E423", name)
            return None
        return Measure("avg" if function.text == "avg" else "sum", field)
    return None
