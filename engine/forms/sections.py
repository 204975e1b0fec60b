"""The grammar of the sections this room compiles, as JSON Schema (draft 7)."""

from __future__ import annotations

from engine.language.names import NAME
from engine.schema.sections import EXPRESSION, NAME_LIST, TEXT, Schema, closed, section_map

FIELD: Schema = {"type": "string", "description": "A field of the entity."}
ENTITY: Schema = {"type": "string", "description": "An entity."}
ICON: Schema = {"type": "string", "description": "A Lucide icon name."}
PIXELS: Schema = {"type": "integer", "minimum": 40, "maximum": 800, "description": "Width in CSS pixels."}
SUM: Schema = {"enum": ["sum"], "description": "What stands below the column."}
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

VIEW: Schema = closed(
    {
        "type": {"enum": ["list", "board"], "description": "How the records are shown."},
        "label": TEXT | {"description": "The name on the tab."},
        "icon": ICON,
        "columns": COLUMNS,
        "card": COLUMNS | {"description": "The fields on a card of a board; the title first."},
        "by": FIELD | {"description": "The stage or choice field whose options are the lanes of a board."},
        "sum": FIELD | {"description": "The number added up in the head of each lane."},
        "sort": SORT,
        "filter": EXPRESSION | {"description": "Which records the view shows."},
        "default": {"type": "boolean", "description": "The view the entity opens with."},
        "inline_edit": {"type": "boolean", "description": "Values can be edited in the list (the default)."},
        "totals": section_map(SUM, "Column to what stands below it."),
        "for_roles": NAME_LIST | {"description": "Roles that see the view; everybody by default."},
    },
    ("type",),
    description="A list or board of an entity's records.",
)

LINES: Schema = closed(
    {"children": FIELD | {"description": "A field of type children."}, "columns": COLUMNS},
    ("children",),
    description="A table of line items, edited in place.",
)
CELL: Schema = {
    "anyOf": [
        FIELD,
        closed(
            {
                "field": FIELD,
                "width": {"enum": ["half", "full"], "description": "Half of the form's width, or all of it."},
                "label": TEXT,
            },
            ("field",),
        ),
        LINES,
    ],
    "description": "A field, a field with its own width or label, or a table of line items.",
    "x-words": {
        "wanted": {"en": "a field or a map with field: or children:", "zh-CN": "字段名或带 field: 或 children: 的映射"}
    },
}
SECTION: Schema = closed(
    {
        "id": IDENTIFIER | {"description": "A name, unique in the form."},
        "label": TEXT | {"description": "The heading."},
        "columns": {"enum": [1, 2], "description": "How many fields stand beside each other; 2 by default."},
        "fields": {"type": "array", "minItems": 1, "items": CELL, "description": "The fields, in order."},
        "rows": {
            "type": "array",
            "items": {"type": "array", "minItems": 1, "maxItems": 2, "items": CELL},
            "description": "Rows of one or two fields, instead of `fields`.",
        },
    },
    description="Fields under one heading.",
)
FORM: Schema = closed(
    {
        "label": TEXT | {"description": "What people call the form."},
        "sections": {
            "type": "array",
            "minItems": 1,
            "items": {"anyOf": [SECTION, LINES]},
            "description": "Sections of fields, and tables of line items.",
        },
    },
    ("sections",),
    description="A form; the one named main creates, edits and shows a record.",
)

RELATED: Schema = closed(
    {
        "entity": ENTITY | {"description": "The entity whose records are listed."},
        "by": FIELD | {"description": "Its link field that leads to the record on the page."},
        "label": TEXT | {"description": "The heading."},
        "columns": COLUMNS,
        "sort": SORT,
    },
    ("entity",),
    description="The records of another entity that point here.",
)
PAGE: Schema = closed(
    {
        "header": NAME_LIST | {"maxItems": 6, "description": "The facts in the head of the page."},
        "related": {"type": "array", "items": RELATED, "description": "The related lists, in order."},
    },
    description="The page of one record.",
)

MENU_ENTRY: Schema = closed(
    {
        "entity": ENTITY,
        "view": {"type": "string", "description": "One of its views; the default one if none is named."},
        "label": TEXT,
        "icon": ICON,
    },
    ("entity",),
)
MENU_GROUP: Schema = closed(
    {
        "id": IDENTIFIER | {"description": "A name, unique in the menu."},
        "label": TEXT | {"description": "The heading; none by default."},
        "entries": {"type": "array", "minItems": 1, "items": MENU_ENTRY, "description": "What the group opens."},
    },
    ("entries",),
)

SECTIONS: dict[str, Schema] = {
    "views": section_map(section_map(VIEW, "View name to view."), "The lists and boards of each entity."),
    "forms": section_map(section_map(FORM, "Form name to form."), "The forms of each entity."),
    "pages": section_map(PAGE, "The record page of each entity."),
    "menu": {"type": "array", "items": MENU_GROUP, "description": "What stands at the side of every page."},
}
