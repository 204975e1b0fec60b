"""A pivot: records counted and added up by fields down the side and across the top."""

from __future__ import annotations

from dataclasses import replace

from engine.forms.columns import is_lines, is_number
from engine.forms.compilation import ScreenCompilation
from engine.forms.grammar import FIELD
from engine.forms.grouping import GROUP, read_group
from engine.forms.model import Measure, PivotScreen
from engine.forms.view_kind import ViewKind, query_of
from engine.language.nodes import Mapping, Node, Scalar, Sequence
from engine.locale.text import Text
from engine.schema.compilation import pairs
from engine.schema.model import Entity
from engine.schema.sections import closed

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
        rows = tuple(
            group for item in _items(node.get("rows")) if (group := read_group(item, entity, "pivot", compilation))
        )
        measures = tuple(m for item in _items(node.get("measures")) if (m := _measure(item, entity, compilation)))
        query = query_of(node, (), entity, compilation)
        return PivotScreen(
            **self.common(key, node, entity, compilation),
            rows=rows,
            across=read_group(node.get("across"), entity, "pivot", compilation),
            measures=measures or (Measure("count"),),
            query=replace(query, fields=(entity.title,)),
        )


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


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
