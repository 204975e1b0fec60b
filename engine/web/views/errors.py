"""What went wrong, as a page or a fragment: one sentence, never a traceback."""

from __future__ import annotations

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from engine.forms import contexts
from engine.forms.pages import pages
from engine.locale.catalogue import message, message_text
from engine.locale.text import Text
from engine.records.errors import Conflict, Invalid, MoveRefused, RecordNotFound, Refused
from engine.web import endpoint
from engine.web.api.outages import problem_page
from engine.web.desk import SECOND, Desk, NotSetUp, SecondFactorMissing, WebRequest, make_page
from engine.web.middleware import failed

_log = logging.getLogger("engine.web")
NOT_FOUND = message_text("error.404_text")
WRONG_METHOD = message_text("error.405_text")
NOT_READ = message_text("error.400_text")
UNROUTED = {404: NOT_FOUND, 405: WRONG_METHOD}
TITLED = (400, 403, 404, 422, 429, 500)


def error_answer(request: WebRequest, error: Exception) -> Response:
    """The answer to an exception: what the product knows in a sentence, a defect with its reference."""
    if isinstance(error, NotSetUp):
        return RedirectResponse("/setup", status_code=303)
    if isinstance(error, SecondFactorMissing):
        return RedirectResponse(SECOND, status_code=303)
    known = _known(error)
    if known is None:
        return _failed(request)
    status, text = known
    return error_page(request, status, text)


def _failed(request: WebRequest) -> Response:
    """A defect of ours: the log has all of it under the reference, the person gets a page and the reference."""
    _log.exception("%s %s failed, reference %s", request.method, request.path, request.reference)
    text = failed(request.reference)
    if request.is_htmx:
        return PlainTextResponse(text.in_(request.language), 500)
    return _page(request, 500, "", request.reference)


async def unrouted_answer(http: HttpRequest, error: Exception) -> Response:
    """What never reaches a view: an unknown method, a static file that is not there."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    response = problem_page(http.scope, status, UNROUTED.get(status, NOT_READ))
    response.headers.update(dict(getattr(error, "headers", None) or {}))
    return response


def _known(error: Exception) -> tuple[int, Text] | None:
    match error:
        case RecordNotFound():
            return 404, NOT_FOUND
        case Refused():
            return 403, error.message
        case endpoint.Refused():
            return error.status, error.message
        case Invalid():
            return 422, next(iter(error.errors.values()))
        case MoveRefused():
            return 422, error.reason or NOT_FOUND
        case Conflict():
            return 409, message_text("move.conflict", by="")
        case _:
            return None


def error_page(request: WebRequest, status: int, text: Text) -> Response:
    """A fragment for htmx, which shows it as a toast; else a page inside the shell."""
    if request.is_htmx:
        return PlainTextResponse(text.in_(request.language), status)
    return _page(request, status, text.in_(request.language))


def _page(request: WebRequest, status: int, sentence: str, reference: str = "") -> Response:
    workspace = request.services.workspace
    shown = status if status in TITLED else 422 if status == 409 else 400
    title = message(f"error.{shown}_title", request.language)
    page = Desk.of(request).page(title) if workspace and request.user else make_page(request, workspace, title)
    retry = request.target if reference and request.method == "GET" else ""
    context = contexts.ErrorScreen(page, shown, sentence, reference, retry)  # type: ignore[arg-type]
    return HTMLResponse(pages(request.language).render("screens/error.html", context), status)
