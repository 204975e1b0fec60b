"""Many records in one request: all of them or none, or each by itself with a result of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from engine.access.api_answers import Answer
from engine.locale.catalogue import message_text
from engine.records.errors import Refused
from engine.records.writing import Write
from engine.schema.model import Entity
from engine.schema.record_ids import ID
from engine.web.api.asking import check_parameters
from engine.web.api.drafts import read_draft
from engine.web.api.known_problems import problem_of
from engine.web.api.problem import FieldError, Problem
from engine.web.api.request import ApiRequest, may_bulk
from engine.web.api.rows import Json
from engine.web.api.strict_json import read_object
from engine.web.api.writing import carry_out, once, writable

MOST = 1000
TOLD = 100
"""Errors that are told of a request of which nothing was written."""
MEMBERS = ("items", "partial")


def write_many(api: ApiRequest) -> Response:
    """`{"items": […], "partial": false}`: an item with an id changes that record, one without makes a new one. The
    right to work in bulk is asked for, and for each item the right to what it does."""
    entity = writable(api)
    if not may_bulk(api.workspace, api.actor, entity.name):
        raise Refused(message_text("refused.bulk", entity=entity.plural))
    check_parameters(api.query, ())
    items, partial = _read(read_object(api.body))

    def act(write: Write) -> Answer:
        found = [_attempt(api, write, entity, item) for item in items]
        problems = {number: each for number, each in enumerate(found) if isinstance(each, Problem)}
        if problems and not partial:
            raise _all_refused(problems)
        results = [_result(api, each) for each in found]
        told = {"done": len(found) - len(problems), "refused": len(problems), "results": results}
        return Answer(200, json.dumps(told, ensure_ascii=False, separators=(",", ":")))

    return once(api, act)


def _attempt(api: ApiRequest, write: Write, entity: Entity, item: Any) -> dict[str, Json] | Problem:
    """One item, of which nothing is left when it is refused."""
    try:
        with write.attempt():
            return _write(api, write, entity, item)
    except Exception as error:
        problem = problem_of(error, entity)
        if problem is None:
            raise
        return problem


def _write(api: ApiRequest, write: Write, entity: Entity, item: Any) -> dict[str, Json]:
    if not isinstance(item, dict):
        raise _wrong("", "type", "api.object.type")
    given = item.get("id")
    if given is not None and not (isinstance(given, str) and ID.fullmatch(given)):
        raise _wrong("id", "record", "value.record")
    record_id = int(given) if given is not None else None
    values = {name: value for name, value in item.items() if name != "id"}
    draft = read_draft(api.workspace.blueprint.entities, entity, values, new=record_id is None)
    written, version = carry_out(write, entity, record_id, draft)
    return {"status": 201 if record_id is None else 200, "id": str(written), "version": version}


def _read(body: Mapping[str, Any]) -> tuple[list[Any], bool]:
    for name in body:
        if name not in MEMBERS:
            raise _wrong(name[:80], "unknown_field", "value.unknown_field", name=name[:80])
    items, partial = body.get("items"), body.get("partial", False)
    if not isinstance(items, list):
        raise _wrong("items", "type", "api.array.type")
    if len(items) > MOST:
        raise _wrong("items", "too_many", "api.too_many", count=MOST)
    if not isinstance(partial, bool):
        raise _wrong("partial", "type", "api.boolean.type")
    return items, partial


def _wrong(field: str, code: str, key: str, **values: Any) -> Problem:
    return Problem(
        "invalid", message_text("api.invalid", count=1), [FieldError(field, code, message_text(key, **values))]
    )


def _all_refused(problems: Mapping[int, Problem]) -> Problem:
    errors = [
        FieldError(f"items.{number}.{each.field}".rstrip("."), each.code, each.message, each.more)
        for number, problem in problems.items()
        for each in (problem.errors or [FieldError("", problem.kind, problem.detail)])
    ]
    return Problem("invalid", message_text("api.bulk_refused", count=len(problems)), errors[:TOLD])


def _result(api: ApiRequest, found: dict[str, Json] | Problem) -> dict[str, Json]:
    if isinstance(found, Problem):
        return {"status": found.status, "problem": found.content(api.language, api.path)}
    return found
