"""The parts that the grammar of several screens shares, as JSON Schema (draft 7)."""

from __future__ import annotations

from engine.language.names import NAME
from engine.schema.sections import TEXT, Schema, closed

FIELD: Schema = {"type": "string", "description": "A field of the entity."}
ENTITY: Schema = {"type": "string", "description": "An entity."}
ICON: Schema = {"type": "string", "description": "A Lucide icon name."}
PIXELS: Schema = {"type": "integer", "minimum": 40, "maximum": 800, "description": "Width in CSS pixels."}
SUM: Schema = {"enum": ["sum"], "description": "What stands below the column."}
TOTAL: Schema = {
    "enum": ["sum", "average", "min", "max", "count"],
    "description": "The sum, average, smallest or largest of its values, or how many records have one.",
}
IDENTIFIER: Schema = {
    "type": "string",
    "pattern": NAME,
    "x-words": {"form": {"en": "a name such as next_steps", "zh-CN": "名称，如 next_steps"}},
}
SORT: Schema = {
    "type": "array",
    "maxItems": 3,
    "items": {
        "type": "string",
        "pattern": "^-?[a-z][a-z0-9_]*$",
        "x-words": {
            "form": {"en": "a field, with - in front for the largest first", "zh-CN": "字段名，前加 - 表示从大到小"}
        },
    },
    "description": "Fields to sort by, the most important first; a leading - puts the largest first.",
}

COLUMN: Schema = {
    "anyOf": [
        FIELD,
        closed({"field": FIELD, "label": TEXT, "width": PIXELS, "total": SUM}, ("field",)),
    ],
    "description": "A field, or a field with its own label, width or total.",
    "x-words": {"wanted": {"en": "a field or a map with field:", "zh-CN": "字段名或带 field: 的映射"}},
}
COLUMNS: Schema = {"type": "array", "minItems": 1, "items": COLUMN, "description": "The columns, in order."}
