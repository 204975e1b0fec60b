"""The envelope of the sections this room compiles, as JSON Schema (draft 7); field options come from the registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.schema.field_type import FieldType

Schema = dict[str, Any]
TEXT: Schema = {"$ref": "#/definitions/text"}
EXPRESSION: Schema = {"$ref": "#/definitions/expression"}
CONDITION: Schema = {"$ref": "#/definitions/condition"}
DEFAULT: Schema = {"type": ["string", "number", "boolean", "array", "object"]}
DEFINITIONS: Schema = {
    "text": {
        "anyOf": [
            {"type": ["string", "number"]},
            {"type": "object", "minProperties": 1, "additionalProperties": {"type": ["string", "number"]}},
        ],
        "description": "A text people read: one string, or one per language.",
        "x-words": {"wanted": {"en": "a text or a map of languages", "zh-CN": "文本或按语言的映射"}},
    },
    "expression": {"type": "string", "description": "An expression, in double quotes."},
    "condition": {"type": ["boolean", "string"], "description": "true, false, or an expression in double quotes."},
}
HUES = ("gray", "red", "orange", "amber", "lime", "green", "teal", "sky", "blue", "violet", "plum", "rose")
HUE: Schema = {"enum": list(HUES), "description": "One of the twelve option hues."}
NAME_LIST: Schema = {"type": "array", "items": {"type": "string"}}


def section_map(item: Schema, description: str) -> Schema:
    return {"type": "object", "description": description, "additionalProperties": item}


def closed(properties: Schema, required: tuple[str, ...] = (), **more: Any) -> Schema:
    """An object that allows no other keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


COMMON_OPTIONS: Schema = {
    "type": {"type": "string", "description": "The field type."},
    "label": TEXT | {"description": "What people call the field."},
    "help": TEXT | {"description": "A sentence below the control."},
    "required": CONDITION | {"description": "When the field must have a value; judged after the write."},
    "visible": CONDITION | {"description": "When the field is shown; a hidden field is never required."},
    "readonly": CONDITION | {"description": "When the field may not be changed; judged on the stored record."},
    "validate": CONDITION | {"description": "What must hold for a value; judged after the write."},
    "default": DEFAULT | {"description": "What a new record starts with; a leading = makes an expression."},
    "when_hidden": {"enum": ["keep", "clear"], "description": "What happens to the value when the field is hidden."},
    "unique": {"type": "boolean", "description": "No two records outside the bin have the same value."},
    "index": {"type": "boolean", "description": "An index for filters and sorting."},
    "search": {"type": "boolean", "description": "The field is searched."},
    "track": {"type": "boolean", "description": "Changes are kept in the history (the default)."},
    "copy": {"type": "boolean", "description": "The value is copied when a record is duplicated (the default)."},
}


def field_schema(field_type: FieldType) -> Schema:
    """What a field of this type may say."""
    return closed(
        COMMON_OPTIONS | dict(field_type.options),
        ("type", *field_type.required_options),
        **{"x-problem": "E211"},
    )


def any_field_schema(types: Mapping[str, FieldType]) -> Schema:
    """A field of any type, for editors: one `if/then` per type."""
    branches = [
        {"if": {"properties": {"type": {"const": name}}, "required": ["type"]}, "then": field_schema(field_type)}
        for name, field_type in types.items()
    ]
    return {"type": "object", "required": ["type"], "properties": {"type": {"enum": list(types)}}, "allOf": branches}


CHECK: Schema = closed(
    {
        "key": {"type": "string", "description": "A name, so that a blueprint built on this one can change the check."},
        "never": EXPRESSION
        | {"description": "What no record may be; judged after a write that changes what it reads."},
        "field": {"type": "string", "description": "The field the error stands beside; the top of the form if none."},
        "error": TEXT | {"description": "The sentence people read when they try."},
    },
    ("never", "error"),
    description="One rule over the fields of a record.",
)
ENTITY: Schema = closed(
    {
        "label": TEXT | {"description": "What people call one record."},
        "plural": TEXT | {"description": "What people call many records."},
        "title": {"type": "string", "description": "The field that names a record."},
        "icon": {"type": "string", "description": "A Lucide icon name."},
        "hue": HUE,
        "header": NAME_LIST | {"description": "Fields shown as facts in the record's head."},
        "slots": closed(
            {slot: {"type": "string"} for slot in ("title", "value", "sub", "sub2", "badge", "meta")},
            description="The fields on a phone card, by place.",
        ),
        "acts_as": {
            "enum": ["person", "organisation", "task", "event", "comment", "product"],
            "description": "The part the entity plays for the engine.",
        },
        "unique": {"type": "array", "items": {"anyOf": [{"type": "string"}, NAME_LIST]}},
        "fields": section_map({"type": "object"}, "Field name to field."),
        "checks": {
            "type": "array",
            "items": CHECK,
            "description": "What no record may be, whichever way it is written.",
        },
    },
    ("fields",),
)

OPTION: Schema = {
    "anyOf": [TEXT, closed({"label": TEXT, "hue": HUE}, ("label",))],
    "description": "A label, or a label with a hue.",
}
OPTION_SET: Schema = section_map(OPTION, "Option key to label.")

STATE: Schema = closed(
    {
        "label": TEXT,
        "kind": {"enum": ["open", "won", "lost", "hold"]},
        "probability": {"type": "integer", "minimum": 0, "maximum": 100},
        "hue": HUE,
        "limit": {
            "type": "integer",
            "minimum": 1,
            "description": "How many records may stand in it; a board says when there are more.",
        },
        "limit_blocks": {"type": "boolean", "description": "A move beyond the limit is refused, not only told."},
        "rots_after": {"type": "string", "pattern": "^[1-9][0-9]*d$", "description": "Days without activity, as 14d."},
    },
    ("kind",),
)
TRANSITION: Schema = closed(
    {
        "label": TEXT,
        "from": {"anyOf": [{"type": "string"}, NAME_LIST]},
        "to": {"type": "string"},
        "who": NAME_LIST | {"description": "Roles that may make it."},
        "if": EXPRESSION,
        "ask": NAME_LIST | {"description": "Fields that must have a value when it is made."},
    },
    ("from", "to"),
)
PIPELINE: Schema = closed(
    {
        "entity": {"type": "string"},
        "field": {"type": "string", "description": "The stage field; the entity's only one by default."},
        "label": TEXT,
        "states": section_map(STATE, "State key to state; the first is the initial one."),
        "transitions": section_map(TRANSITION, "Transition name to transition; none: every move is allowed."),
    },
    ("entity", "states"),
)

RIGHT: Schema = {"type": ["boolean", "string"], "description": "true, false, own, team, all, or an expression."}
ROLE: Schema = closed(
    {
        "label": TEXT,
        "admin": {"type": "boolean", "description": "Manages users and settings."},
        "extends": {"anyOf": [{"type": "string"}, NAME_LIST]},
        "entities": section_map(
            closed(
                {
                    "read": RIGHT,
                    "create": {"type": "boolean"},
                    "update": RIGHT,
                    "delete": RIGHT,
                    "export": {"type": "boolean", "description": "Takes records out, into a file."},
                    "bulk": {"type": "boolean", "description": "Changes many records at once."},
                    "import": {"type": "boolean", "description": "Brings records in, from a file."},
                    "fields": section_map(
                        {
                            "enum": ["none", "read", "write"],
                            "description": "none: the field is not there for the role; read: it is shown, not written; "
                            "write: both, as without a word.",
                        },
                        "Field name to how far the role goes.",
                    ),
                }
            ),
            "Entity name, or * for all, to rights.",
        ),
    }
)

MATCH_PART: Schema = closed(
    {
        "field": {"type": "string", "description": "The field that is compared."},
        "fields": NAME_LIST
        | {"minItems": 1, "description": "Fields of which any may match any of the other record, instead of `field`."},
        "as": {
            "enum": ["company", "domain", "email", "exact", "person", "phone", "similar", "text"],
            "description": "How they are compared; what suits the type of the field when it is not written.",
        },
        "at_least": {
            "type": "integer",
            "minimum": 50,
            "maximum": 100,
            "description": "From which likeness on names match, of 100.",
        },
        "ignore_tag": {"type": "boolean", "description": "For e-mail: ann+news@ is ann@ too."},
    },
    anyOf=[{"required": ["field"]}, {"required": ["fields"]}],
    description="One comparison.",
)
MATCH_RULE: Schema = closed(
    {
        "label": TEXT | {"description": "Why the records may be the same, as people read it."},
        "all": {
            "type": "array",
            "minItems": 1,
            "maxItems": 5,
            "items": MATCH_PART,
            "description": "The comparisons; all must hold.",
        },
        "verdict": {
            "enum": ["certain", "likely"],
            "description": "How sure it is that they are the same; likely when it is not written.",
        },
        "block": {"type": "boolean", "description": "No way of writing makes such a record, instead of a warning."},
    },
    ("all",),
    description="A rule for duplicates; records match when any rule holds.",
)
MATCHING: Schema = {
    **section_map(MATCH_RULE, "The rules of an entity by name, or false for none."),
    "type": ["object", "boolean"],
}

SETTINGS: Schema = closed(
    {
        "time_zone": {"type": "string", "description": "An IANA time zone, as Asia/Shanghai."},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "An ISO 4217 code."},
        "languages": {"type": "array", "items": {"enum": ["en", "zh-CN"]}, "minItems": 1},
        "week_start": {"enum": ["monday", "sunday", "saturday"]},
        "fiscal_year_start": {"type": "string", "pattern": "^[01][0-9]-[0-3][0-9]$", "description": "MM-DD."},
        "phone_region": {"type": "string", "pattern": "^[A-Z]{2}$", "description": "An ISO 3166 country code."},
    }
)
COLUMN_MAP: Schema = closed(
    {
        "field": {"type": "string", "description": "Where the column goes: a field, or id."},
        "by": {
            "type": "string",
            "description": "How a linked record is named: by this field of it or by id; its title when not written.",
        },
        "create_missing": {"type": "boolean", "description": "A linked record that is not there is created."},
        "dates": {"enum": ["dmy", "mdy", "ymd"], "description": "The order of days written in numbers."},
        "values": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "Text in the file to the key of an option; an empty text leaves it empty.",
        },
        "blank_bad": {
            "type": "boolean",
            "description": "What cannot be read is left empty; the row goes in.",
        },
    },
    ("field",),
)
IMPORT_MAP: Schema = closed(
    {
        "label": TEXT | {"description": "What people call it."},
        "mode": {
            "enum": ["create", "update", "both"],
            "description": "What happens to records that exist and to new ones.",
        },
        "key": {
            "anyOf": [{"type": "string"}, NAME_LIST],
            "description": "The fields by which a record is recognised.",
        },
        "columns": {
            "type": "object",
            "additionalProperties": {"anyOf": [{"type": "string"}, {"const": False}, COLUMN_MAP]},
            "description": "Title of a column to its field, or to how it is read; false: it is not imported.",
        },
    },
    ("columns",),
)
FUNCTION: Schema = closed(
    {
        "label": TEXT | {"description": "What people call it."},
        "help": TEXT | {"description": "What it answers."},
        "takes": {
            "type": "object",
            "additionalProperties": {"type": ["string", "object"]},
            "description": "What it is given, in order: a name to a field type, or to a field type with its options.",
        },
        "expr": EXPRESSION | {"description": "The answer, from what it takes and from parameters."},
    },
    ("expr",),
    description="An expression with a name; it stands in place of its call.",
)
PARAMETER: Schema = {
    "type": "object",
    "required": ["type"],
    "description": "A value with the `type`, `label`, `help` and options of a field, and the `default` it has.",
}
RECORDS: Schema = section_map(section_map({"type": "object"}, "Reference to values."), "Entity to records.")

SECTIONS: Schema = {
    "options": section_map(OPTION_SET, "Shared choice sets."),
    "parameters": section_map(
        PARAMETER,
        "Values a workspace may set. Expressions read `param.name`, plain texts `${param.name}`; "
        "`when_param` leaves a node out.",
    ),
    "functions": section_map(FUNCTION, "Expressions with a name, called by other expressions."),
    "entities": section_map(ENTITY, "What the CRM keeps records of."),
    "pipelines": section_map(PIPELINE, "States and the moves between them."),
    "matching": section_map(
        MATCHING,
        "When two records may be the same. People and organisations (`acts_as`) that are not named here are compared "
        "by e-mail, phone, domain and name.",
    ),
    "imports": section_map(
        section_map(IMPORT_MAP, "Name to a saved map of columns."),
        "Saved maps of columns, taken when a file has most of their titles.",
    ),
    "roles": section_map(ROLE, "Who may do what."),
    "seed": RECORDS | {"description": "Reference data every workspace starts with."},
    "demo": RECORDS | {"description": "Sample records."},
    "settings": SETTINGS | {"description": "Defaults of a workspace."},
}
