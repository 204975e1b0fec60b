"""What the gateway refuses, as problems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import (
    CHANGED_MEANWHILE,
    Conflict,
    ConflictDetails,
    Invalid,
    MoveRefused,
    RecordNotFound,
    Refused,
)
from engine.records.paging import BadCursor
from engine.schema.field_type import ValueRefused
from engine.schema.model import Entity
from engine.web.api.problem import FieldError, Problem, refused, wrong_parameter

Entities = Mapping[str, Entity]


def problem_of(error: Exception, entity: Entity | None = None) -> Problem | None:
    """The problem of an exception the product knows; None for a defect. `entity` is what was written."""
    match error:
        case Problem():
            return error
        case RecordNotFound():
            return refused("not_found")
        case Refused():
            return Problem("forbidden", error.message)
        case Invalid():
            return invalid(error.errors)
        case ValueRefused():
            return Problem("invalid", error.message)
        case MoveRefused():
            return _move(error, entity)
        case Conflict():
            return _conflict(error.details, entity)
        case BadCursor():
            return wrong_parameter("cursor", "cursor", message_text("api.cursor"))
    return None


def invalid(errors: Mapping[str, Text]) -> Problem:
    found = [FieldError(name, code_of(text), text) for name, text in errors.items()]
    return Problem("invalid", message_text("api.invalid", count=len(found)), found)


def code_of(text: Text) -> str:
    """What a program tells an error by: the name of the sentence, `rule` for one that the blueprint wrote."""
    return text.key.rpartition(".")[2] or "rule"


def _move(error: MoveRefused, entity: Entity | None) -> Problem:
    missing = [
        FieldError(name, "required", message_text("value.required", label=entity.fields[name].label))
        for name in error.missing
        if entity is not None
    ]
    detail = error.reason or message_text("api.move_missing", count=len(error.missing))
    stage = entity.stage_field.name if entity is not None and entity.stage_field else ""
    if error.reason:
        missing.append(FieldError(stage, code_of(error.reason), error.reason))
    return Problem("move_refused", detail, missing, more={"stage": error.target})


def _conflict(details: ConflictDetails, entity: Entity | None) -> Problem:
    """Both values of each field that two changed."""
    errors = [
        FieldError(
            clash.field,
            "conflict",
            CHANGED_MEANWHILE,
            {"wanted": _json(entity, clash.field, clash.wanted), "stored": _json(entity, clash.field, clash.stored)},
        )
        for clash in details.clashes
    ]
    return Problem("conflict", message_text("api.conflict"), errors, more={"version": details.version})


def _json(entity: Entity | None, name: str, value: Any) -> Any:
    return None if value is None or entity is None else entity.fields[name].type.to_json(value)
