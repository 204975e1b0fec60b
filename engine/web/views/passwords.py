"""Setting a password with a link: an invitation, or a new start for who forgot theirs. No answer tells whether an
address is known, neither by its words nor by its time: what is done for somebody known is done after it."""

from __future__ import annotations

from starlette.background import BackgroundTask
from starlette.responses import HTMLResponse, Response

from engine.access.credentials import PasswordRefused, check_password
from engine.access.entry_links import EntryLink
from engine.access.login import Device, find_user
from engine.access.preferences import language_of
from engine.forms.contexts import Control, FormError
from engine.forms.contexts.passwords import ForgotScreen, PasswordScreen
from engine.forms.pages import pages
from engine.locale.catalogue import message, message_text
from engine.locale.text import Text
from engine.web.auditing import origin_of
from engine.web.desk import NotSetUp, WebRequest, make_page
from engine.web.entering import let_in
from engine.web.entry_letters import letter

NAMES = ("password", "repeat")


def show_forgot(request: WebRequest) -> Response:
    return _forgot(request)


def ask_forgot(request: WebRequest) -> Response:
    """The same answer for everybody; the mail leaves, or the admins are told, after it."""
    services, email = request.services, request.form.get("email", "").strip()[:320]
    with services.database.write() as connection:
        admitted = services.limit.admit(connection, email, request.address, "reset ")
    if admitted is None:
        return _forgot(request, email, message("forgot.too_many", request.language), status=429)
    response = _forgot(request, email, done=True)
    response.background = BackgroundTask(_help, request, email)
    return response


def show_choosing(request: WebRequest) -> Response:
    link = _link(request)
    return _choosing(request, link, {}) if link else _over(request)


def choose(request: WebRequest) -> Response:
    """Set the password and come in; every other session of the person ends and the link with them."""
    services, link = request.services, _link(request)
    if link is None:
        return _over(request)
    typed = {name: request.form.get(name, "")[:1024] for name in NAMES}
    if errors := _errors(link, typed):
        return _choosing(request, link, errors, 422)
    hashed = services.credentials.hash(typed["password"])
    with services.database.write() as connection:
        if services.entry_links.take(connection, request.path_params["token"]) is None:
            return _over(request)
        services.credentials.store(connection, link.user_id, hashed)
        services.entry_links.end(connection, link.user_id)
        services.sessions.revoke_others(connection, link.user_id, None)
        origin = origin_of(request)
        services.audit.note(connection, "password_set", link.user_id, origin, ("user", link.user_id))
        device = Device(request.address, request.headers.get("user-agent", ""), request.session_token)
        entered = services.login.begin(connection, link.user_id, device)
    return let_in(request, entered, "/")


def _help(request: WebRequest, email: str) -> None:
    """Mail the link; without a mail server the audit shows the admins who asks."""
    services = request.services
    with services.database.write() as connection:
        user_id = find_user(connection, email)
        if user_id is None:
            return
        about = ("user", user_id)
        if not services.mail.available:
            services.alerts.ring(connection, "reset_asked", None, origin_of(request), about)
            return
        services.audit.note(connection, "reset_asked", None, origin_of(request), about)
        token = services.entry_links.make(connection, user_id, "reset", None)
        language = language_of(connection, user_id) or services.default_language
    services.mail.send(letter(request, "reset", email, language, token, asked=True))


def _link(request: WebRequest) -> EntryLink | None:
    """Raises `NotSetUp`."""
    if request.services.workspace is None:
        raise NotSetUp
    with request.services.database.read() as connection:
        return request.services.entry_links.find(connection, request.path_params["token"][:200])


def _errors(link: EntryLink, typed: dict[str, str]) -> dict[str, Text]:
    errors: dict[str, Text] = {}
    try:
        check_password(typed["password"], link.email)
    except PasswordRefused as refused:
        errors["password"] = refused.message
    if typed["password"] != typed["repeat"]:
        errors["repeat"] = message_text("profile.password_differs")
    return errors


def _forgot(request: WebRequest, email: str = "", error: str = "", done: bool = False, status: int = 200) -> Response:
    """Raises `NotSetUp`."""
    if request.services.workspace is None:
        raise NotSetUp
    page = make_page(request, request.services.workspace, message("forgot.title", request.language))
    said = message("forgot.mailed" if request.services.mail.available else "forgot.told", request.language)
    context = ForgotScreen(page, email, error, said if done else "")
    return HTMLResponse(pages(request.language).render("screens/forgot.html", context), status)


def _over(request: WebRequest) -> Response:
    page = make_page(request, request.services.workspace, message("password.over", request.language))
    return HTMLResponse(pages(request.language).render("screens/password.html", PasswordScreen(page)), 404)


def _choosing(request: WebRequest, link: EntryLink, errors: dict[str, Text], status: int = 200) -> Response:
    language = request.language
    labels = {name: message(f"password.{name}", language) for name in NAMES}
    page = make_page(request, request.services.workspace, message(f"password.{link.purpose}", language))
    context = PasswordScreen(
        page=page,
        action=request.path,
        text=message(f"password.{link.purpose}_text", language, workspace=page.workspace, name=link.name),
        email=link.email,
        controls=tuple(
            Control(
                widget="password",
                name=name,
                id=f"c-{name}",
                label=labels[name],
                error=errors[name].in_(language) if name in errors else "",
                help=message("setup.password_help", language) if name == "password" else "",
                required=True,
            )
            for name in NAMES
        ),
        errors=tuple(FormError(f"c-{name}", labels[name], text.in_(language)) for name, text in errors.items()),
    )
    return HTMLResponse(pages(language).render("screens/password.html", context), status)
