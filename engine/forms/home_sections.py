"""The grammar of the home page, as JSON Schema (draft 7)."""

from __future__ import annotations

from engine.forms.grammar import ENTITY, FIELD, IDENTIFIER
from engine.schema.sections import EXPRESSION, NAME_LIST, TEXT, Schema, closed

OPTIONS: dict[str, frozenset[str]] = {
    "tasks": frozenset({"limit"}),
    "list": frozenset({"view", "limit"}),
    "count": frozenset({"view", "entity", "filter", "sum"}),
    "recent": frozenset({"limit"}),
    "starred": frozenset({"limit"}),
    "inbox": frozenset({"limit"}),
}
"""The options of each kind of tile beside those of all."""
VIEW_NAME: Schema = {
    "type": "string",
    "pattern": r"^[a-z][a-z0-9_]{0,39}\.[a-z][a-z0-9_]{0,39}$",
    "x-words": {"form": {"en": "an entity and its view, such as deal.open", "zh-CN": "实体和它的视图，如 deal.open"}},
    "description": "The view the records come from, and that the tile opens, as `entity.view`.",
}
TILE: Schema = closed(
    {
        "id": IDENTIFIER | {"description": "A name, unique on the page."},
        "tile": {
            "enum": list(OPTIONS),
            "description": "Open tasks, the first records of a view, a number, what was opened or starred, the inbox.",
        },
        "label": TEXT | {"description": "The heading."},
        "view": VIEW_NAME,
        "entity": ENTITY | {"description": "Counts records of this entity, instead of those of a view."},
        "filter": EXPRESSION | {"description": "Which records of the entity are counted; all by default."},
        "sum": FIELD | {"description": "A number that is added up over the records counted."},
        "limit": {
            "type": "integer",
            "minimum": 1,
            "maximum": 20,
            "description": "How many records it shows; 6 by default.",
        },
        "width": {
            "type": "integer",
            "minimum": 1,
            "maximum": 4,
            "description": "How many of the four columns it takes; a number takes 1 by default, all others 2.",
        },
        "for_roles": NAME_LIST | {"description": "Roles that see the tile; everybody by default."},
    },
    ("tile",),
    description="A part of the home page.",
)
HOME: Schema = closed(
    {"tiles": {"type": "array", "minItems": 1, "maxItems": 40, "items": TILE, "description": "Its parts, in order."}},
    ("tiles",),
    description="The page everybody starts on.",
)
