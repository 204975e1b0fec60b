"""What the API answers when it does not do what was asked: problem details (RFC 9457), naming the field."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field as default
from typing import Any

from starlette.responses import Response

from engine.locale.catalogue import message, message_text
from engine.locale.text import Text

MEDIA = "application/problem+json"
DOCUMENT = "/api/docs"
"""Where each kind of problem is explained."""
KINDS: Mapping[str, int] = {
    "bad_request": 400,
    "unauthorized": 401,
    "forbidden": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "not_acceptable": 406,
    "conflict": 409,
    "gone": 410,
    "too_large": 413,
    "unsupported_media_type": 415,
    "invalid": 422,
    "move_refused": 422,
    "key_reused": 422,
    "too_many_requests": 429,
    "failed": 500,
    "unavailable": 503,
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """What stands against one field or parameter; `field` is empty for the whole, `lines.0.product` in a line item."""

    field: str
    code: str
    message: Text
    more: Mapping[str, Any] = default(default_factory=dict)

    def told(self, language: str) -> dict[str, Any]:
        return {"field": self.field, "code": self.code, "message": self.message.in_(language), **self.more}


class Problem(Exception):
    """A view says no. `kind` is a key of `KINDS`; `more` are members of their own."""

    def __init__(
        self,
        kind: str,
        detail: Text,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] = {},
        more: Mapping[str, Any] = {},
    ) -> None:
        super().__init__(detail.in_("en"))
        self.kind, self.detail, self.errors = kind, detail, tuple(errors)
        self.headers, self.more = headers, more

    @property
    def status(self) -> int:
        return KINDS[self.kind]

    def content(self, language: str, instance: str) -> dict[str, Any]:
        told: dict[str, Any] = {
            "type": f"{DOCUMENT}#{self.kind}",
            "title": message(f"api.problem.{self.kind}", language),
            "status": self.status,
            "detail": self.detail.in_(language),
            "instance": instance,
            **self.more,
        }
        return told | ({"errors": [error.told(language) for error in self.errors]} if self.errors else {})


def refused(kind: str, key: str = "", **values: Any) -> Problem:
    """The problem with the catalogue's sentence `api.<key>` (else the one of its kind), to be raised."""
    return Problem(kind, message_text(f"api.{key or kind}", **values))


def wrong_parameter(name: str, code: str, text: Text) -> Problem:
    return Problem("bad_request", message_text("api.parameter", name=name), [FieldError(name, code, text)])


def problem_answer(problem: Problem, language: str, instance: str) -> Response:
    body = json.dumps(problem.content(language, instance), ensure_ascii=False)
    return Response(body.encode("utf-8", "replace"), problem.status, dict(problem.headers), MEDIA)
