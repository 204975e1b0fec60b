"""What the document of the API says once for all entities: problems, answers, parameters, headers."""

from __future__ import annotations

from typing import Any

from engine.access.api_answers import LONGEST_KEY
from engine.locale.catalogue import message
from engine.web.api.asking import MOST, USUAL
from engine.web.api.problem import KINDS, MEDIA
from engine.web.api.schemas import Schema, nullable

JSON = "application/json"
STATUSES = tuple(sorted({status for status in KINDS.values() if status != 500}))
OFTEN = (401, 403, 404, 406, 429, 503)
"""What any request may be answered."""


def problem_schema() -> Schema:
    error = {
        "type": "object",
        "properties": {"field": {"type": "string"}, "code": {"type": "string"}, "message": {"type": "string"}}
        | {"wanted": {}, "stored": {}},
        "required": ["field", "code", "message"],
    }
    texts = {name: {"type": "string"} for name in ("type", "title", "detail", "instance")}
    properties = texts | {"status": {"type": "integer"}, "errors": {"type": "array", "items": error}}
    return {"type": "object", "properties": properties, "required": [*texts, "status"]}


def problem_answers(language: str) -> Schema:
    """The answers that are problems, by their status."""
    return {
        f"problem_{status}": {
            "description": " / ".join(
                message(f"api.problem.{kind}", language) for kind, known in KINDS.items() if known == status
            ),
            "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/problem"}}},
        }
        for status in STATUSES
    }


def problems(*more: int) -> Schema:
    """References to the problems an operation may answer."""
    return {str(status): {"$ref": f"#/components/responses/problem_{status}"} for status in sorted({*OFTEN, *more})}


def answer(description: str, schema: Schema, headers: Schema | None = None) -> Schema:
    told: Schema = {"description": description, "content": {JSON: {"schema": schema}}}
    return told | ({"headers": headers} if headers else {})


def page_schema(item: Schema) -> Schema:
    gone = {"id": {"type": "string"}, "deleted_at": {"type": "string", "format": "date-time"}}
    properties: Schema = {
        "data": {"type": "array", "items": item},
        "next": {"type": ["string", "null"]},
        "next_cursor": {"type": ["string", "null"]},
        "count": {"type": "integer"},
        "count_is_exact": {"type": "boolean"},
        "deleted": {
            "type": "array",
            "items": {"type": "object", "properties": gone, "required": list(gone), "additionalProperties": False},
        },
        "updated_since": nullable({"type": "string", "format": "date-time"}),
    }
    required = ["data", "next", "next_cursor"]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def file_schema() -> Schema:
    """A staged file has the first four alone."""
    properties: Schema = {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "media": {"type": "string"},
        "size": {"type": "integer"},
        "field": {"type": ["string", "null"]},
        "created_at": {"type": "string", "format": "date-time"},
        "created_by": {"type": ["string", "null"]},
        "url": {"type": "string"},
    }
    required = ["id", "name", "media", "size"]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def bulk_answer_schema() -> Schema:
    result: Schema = {
        "type": "object",
        "properties": {
            "status": {"type": "integer"},
            "id": {"type": "string"},
            "version": {"type": "integer"},
            "problem": {"$ref": "#/components/schemas/problem"},
        },
        "required": ["status"],
        "additionalProperties": False,
    }
    properties: Schema = {
        "done": {"type": "integer"},
        "refused": {"type": "integer"},
        "results": {"type": "array", "items": result},
    }
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def shared_parameters(language: str) -> Schema:
    """The parameters that are the same for every entity."""

    def parameter(name: str, schema: Schema, place: str = "query", **more: Any) -> Schema:
        text = message(f"apidoc.parameter_{name.lower().replace('-', '_')}", language)
        return {"name": name, "in": place, "description": text, "schema": schema, **more}

    whole = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    listed: Schema = {"type": "array", "items": {"type": "string"}}
    key = {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"}
    return {
        "f": parameter("f", listed, style="form", explode=True, example=[]),
        "q": parameter("q", {"type": "string"}),
        "limit": parameter("limit", whole),
        "cursor": parameter("cursor", {"type": "string"}),
        "count": parameter("count", {"type": "boolean", "default": False}),
        "updated_since": parameter("updated_since", {"type": "string", "format": "date-time"}),
        "idempotency_key": parameter("Idempotency-Key", key, "header"),
    }
