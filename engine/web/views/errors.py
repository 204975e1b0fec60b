"""What went wrong, as a page or a fragment: one sentence, never a traceback."""

from __future__ import annotations

from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from engine.forms import contexts
from engine.forms.pages import pages
from engine.locale.catalogue import message, message_text
from engine.locale.text import Text
from engine.records.errors import Conflict, Invalid, MoveRefused, RecordNotFound, Refused
from engine.web import endpoint
from engine.web.desk import Desk, NotSetUp, WebRequest, make_page

NOT_FOUND = message_text("error.404_text")


def error_answer(request: WebRequest, error: Exception) -> Response | None:
    """The answer to an exception the product knows; None for one it does not, which is a defect."""
    if isinstance(error, NotSetUp):
        return RedirectResponse("/setup", status_code=303)
    known = _known(error)
    if known is None:
        return None
    status, text = known
    return error_page(request, status, text)


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
    workspace = request.services.workspace
    shown = status if status in (400, 403, 404, 429, 500) else 400
    title = message(f"error.{shown}_title", request.language)
    page = Desk.of(request).page(title) if workspace and request.user else make_page(request, workspace, title)
    context = contexts.ErrorScreen(page, shown, message=text.in_(request.language))  # type: ignore[arg-type]
    return HTMLResponse(pages(request.language).render("screens/error.html", context), status)
