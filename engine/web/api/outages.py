"""The problem for a request of the API that never reaches a view: cut off before, or gone wrong on our side."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.web.api.problem import DOCUMENT, KINDS, Problem, problem_answer
from engine.web.languages import accepted_language
from engine.web.middleware import MOST_BYTES, plain_error_page

MEGABYTE = 1024 * 1024
OWN_WORDS = (403, 500)
"""Of which the caller knows more than the kind says."""


def is_api(path: str) -> bool:
    return path == "/api" or (path.startswith("/api/") and not f"{path}/".startswith(f"{DOCUMENT}/"))


def problem_page(scope: Scope, status: int, text: Text) -> Response:
    """A problem below `/api`, a plain sentence everywhere else."""
    if not is_api(scope["path"]):
        return plain_error_page(scope, status, text)
    kind = next((kind for kind, known in KINDS.items() if known == status), "bad_request")
    detail = text if status in OWN_WORDS else message_text(f"api.{kind}")
    if status == 413:
        detail = message_text("api.request_too_large", megabytes=scope["state"][MOST_BYTES] // MEGABYTE)
    language = accepted_language(Headers(scope=scope).get("accept-language", "")) or "en"
    return problem_answer(Problem(kind, detail), language, scope["path"])
