"""The last step of coming in: a session, or the page that asks for the code of the second factor."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from engine.access.login import CodeNeeded
from engine.access.tokens import same
from engine.web.desk import WebRequest
from engine.web.security import SESSION_COOKIE, cookie_name, delete_cookie, set_cookie

HALF_COOKIE = "crm_half"
"""Who has proved their password and not yet their code: user, end and signature."""
HALF_LASTS = timedelta(minutes=5)


def let_in(request: WebRequest, entered: str | CodeNeeded, target: str) -> Response:
    if isinstance(entered, CodeNeeded):
        response = RedirectResponse(f"/login/code?next={quote(target, safe='')}", status_code=303)
        ends = int((request.services.clock.now() + HALF_LASTS).timestamp())
        text = f"{entered.user_id}.{ends}"
        value = f"{text}.{request.services.signer.sign('half', text)}"
        set_cookie(response, HALF_COOKIE, value, request.secure, int(HALF_LASTS.total_seconds()))
        return response
    response = RedirectResponse(target, status_code=303)
    lifetime = int(request.services.settings.session_lifetime.total_seconds())
    set_cookie(response, SESSION_COOKIE, entered, request.secure, lifetime)
    delete_cookie(response, HALF_COOKIE, request.secure)
    return response


def half_in(request: WebRequest) -> int | None:
    """The user who has proved their password a moment ago in this browser."""
    text, _, signature = request.cookies.get(cookie_name(HALF_COOKIE, request.secure), "").rpartition(".")
    user_id, _, ends = text.partition(".")
    if not same(signature, request.services.signer.sign("half", text)) or not text:
        return None
    return int(user_id) if int(ends) > request.services.clock.now().timestamp() else None
