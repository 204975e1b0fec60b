"""The grammar of the sections this room compiles, as JSON Schema (draft 7)."""

from __future__ import annotations

from collections.abc import Mapping

from engine.forms.grammar import COLUMNS, ENTITY, FIELD, ICON, IDENTIFIER, SORT
from engine.forms.home_sections import HOME
from engine.forms.view_kind import COMMON_VIEW, ViewKind, view_kinds
from engine.schema.sections import EXPRESSION, NAME_LIST, TEXT, Schema, closed, section_map

LINES: Schema = closed(
    {"children": FIELD | {"description": "A field of type children."}, "columns": COLUMNS},
    ("children",),
    description="A table of line items, edited in place.",
)
RELATED_OPTIONS: Schema = {
    "by": FIELD | {"description": "Its link field that leads to the record on the page."},
    "label": TEXT | {"description": "The heading."},
    "columns": COLUMNS,
    "sort": SORT,
}
RELATED_BLOCK: Schema = closed(
    {"related": ENTITY | {"description": "The entity whose records are listed."}, **RELATED_OPTIONS},
    ("related",),
    description="The records of another entity that point here.",
)
HELP: Schema = closed(
    {"html": TEXT | {"description": "The text; simple HTML such as p, ul, strong and a is kept, the rest taken out."}},
    ("html",),
    description="Standing text among the fields.",
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
        RELATED_BLOCK,
        HELP,
    ],
    "description": "A field, a field with its own width or label, or a block: line items, a related list, a text.",
    "x-words": {
        "wanted": {
            "en": "a field or a map with field:, children:, related: or html:",
            "zh-CN": "字段名或带 field:、children:、related: 或 html: 的映射",
        }
    },
}
SECTION: Schema = closed(
    {
        "id": IDENTIFIER | {"description": "A name, unique in the form."},
        "label": TEXT | {"description": "The heading."},
        "columns": {"enum": [1, 2], "description": "How many fields stand beside each other; 2 by default."},
        "collapsed": {"type": "boolean", "description": "Folded until somebody opens it."},
        "visible": EXPRESSION | {"description": "When the section is shown; judged on the record."},
        "fields": {"type": "array", "minItems": 1, "items": CELL, "description": "The fields, in order."},
        "rows": {
            "type": "array",
            "items": {"type": "array", "minItems": 1, "maxItems": 2, "items": CELL},
            "description": "Rows of one or two fields, instead of `fields`.",
        },
    },
    description="Fields under one heading.",
)
SECTION_LIST: Schema = {
    "type": "array",
    "minItems": 1,
    "items": {"anyOf": [SECTION, LINES, RELATED_BLOCK, HELP]},
    "description": "Sections of fields, tables of line items, related lists and texts.",
}
TAB: Schema = closed(
    {
        "id": IDENTIFIER | {"description": "A name, unique in the form."},
        "label": TEXT | {"description": "What stands on the tab."},
        "sections": SECTION_LIST,
    },
    ("sections",),
    description="Sections that are shown together.",
)
FORM: Schema = closed(
    {
        "label": TEXT | {"description": "What people call the form."},
        "sections": SECTION_LIST,
        "tabs": {
            "type": "array",
            "minItems": 1,
            "maxItems": 12,
            "items": TAB,
            "description": "Tabs of sections, instead of `sections`.",
        },
    },
    description="A form; the one named main creates, edits and shows a record.",
)

RELATED: Schema = closed(
    {
        "entity": ENTITY | {"description": "The entity whose records are listed."},
        **RELATED_OPTIONS,
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
        "folded": {"type": "boolean", "description": "Shown as its heading alone until somebody opens it."},
        "folded_for": NAME_LIST | {"description": "Roles that see it folded; who has another role too sees it open."},
        "for_roles": NAME_LIST | {"description": "Roles that see the group; everybody by default."},
        "entries": {"type": "array", "minItems": 1, "items": MENU_ENTRY, "description": "What the group opens."},
    },
    ("entries",),
)


def view_schema(kinds: Mapping[str, ViewKind]) -> Schema:
    """What a view may say: the type, what all kinds have in common, and the options of each kind."""
    own = {name: schema for kind in kinds.values() for name, schema in kind.options.items()}
    return closed(
        {"type": {"enum": list(kinds), "description": "How the records are shown."}, **COMMON_VIEW, **own},
        ("type",),
        description="A way to look at an entity's records.",
    )


SECTIONS: dict[str, Schema] = {
    "views": section_map(section_map(view_schema(view_kinds()), "View name to view."), "The views of each entity."),
    "forms": section_map(section_map(FORM, "Form name to form."), "The forms of each entity."),
    "pages": section_map(PAGE, "The home page, and the record page of each entity.") | {"properties": {"home": HOME}},
    "menu": {"type": "array", "items": MENU_GROUP, "description": "What stands at the side of every page."},
}
