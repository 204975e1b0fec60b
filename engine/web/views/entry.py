"""Coming in and going out: login, logout, the language of pages before login."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.access.login import Device, LoginRefused
from engine.forms import contexts
from engine.forms.pages import pages
from engine.locale.catalogue import message
from engine.web.auditing import origin_of
from engine.web.desk import LANGUAGE_NAMES, WebRequest, make_page
from engine.web.entering import let_in
from engine.web.security import LANGUAGE_COOKIE, SESSION_COOKIE, delete_cookie, local_path, set_cookie

SAID = ("failed", "unknown", "unverified")
"""Why a sign-in with the provider did not succeed."""
YEAR = 365 * 86_400


def show_login(request: WebRequest) -> Response:
    if request.services.workspace is None:
        return RedirectResponse("/setup", status_code=303)
    if request.user is not None:
        return RedirectResponse(local_path(request.query.get("next", "/")), status_code=303)
    said = request.query.get("said", "")
    return _login(request, "", message(f"oidc.{said}", request.language) if said in SAID else "")


def log_in(request: WebRequest) -> Response:
    """Begin a session. A wrong pair answers the same whether the account exists or not."""
    email = request.form.get("email", "").strip()[:320]
    device = Device(request.address, request.headers.get("user-agent", ""), request.session_token)
    try:
        entered = request.services.login.attempt(email, request.form.get("password", "")[:1024], device)
    except LoginRefused as refused:
        return _login(request, email, refused.message.in_(request.language), refused.status)
    return let_in(request, entered, local_path(request.form.get("next", "/")))


def log_out(request: WebRequest) -> Response:
    with request.services.database.write() as connection:
        request.services.sessions.revoke(connection, request.session_token)
        if request.user is not None:
            request.services.audit.note(connection, "signed_out", request.user.user_id, origin_of(request))
    response = RedirectResponse("/login", status_code=303)
    delete_cookie(response, SESSION_COOKIE, request.secure)
    return response


def choose_language(request: WebRequest) -> Response:
    """`/language/<code>`: remember the language in this browser, for pages before login."""
    response = RedirectResponse(local_path(request.query.get("next", "/")), status_code=303)
    code = request.path_params["code"]
    if code in LANGUAGE_NAMES:
        set_cookie(response, LANGUAGE_COOKIE, code, request.secure, YEAR)
    return response


def _login(request: WebRequest, email: str, error: str, status: int = 200) -> Response:
    page = make_page(request, request.services.workspace, message("login.title", request.language))
    target = local_path(request.query.get("next") or request.form.get("next") or "/")
    settings = request.services.settings
    provider = (settings.oidc_name or urlsplit(settings.oidc_issuer).hostname or "") if settings.oidc_issuer else ""
    context = contexts.LoginScreen(page=page, email=email, next=target, error=error, provider=provider)
    return HTMLResponse(pages(request.language).render("screens/login.html", context), status)
