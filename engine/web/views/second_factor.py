"""The second factor of the person: turned on with a code of their app, off with another one."""

from __future__ import annotations

import segno
from pyotp import TOTP
from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.access.login import Device, LoginRefused
from engine.access.rate_limit import Attempt
from engine.access.sessions import SessionUser
from engine.forms.contexts.second_factor import CodeScreen, SecondFactorScreen
from engine.forms.pages import pages
from engine.locale.catalogue import message
from engine.templating import Html
from engine.web.auditing import origin_of
from engine.web.desk import Desk, NotSetUp, WebRequest, make_page
from engine.web.entering import half_in, let_in
from engine.web.security import local_path

TOO_MANY_KEY = "forgot.too_many"

HERE = "/profile/second"


def show_second(request: WebRequest) -> Response:
    return _second(Desk.of(request))


def begin_second(request: WebRequest) -> Response:
    desk = Desk.of(request)
    with request.services.database.write() as connection:
        request.services.factors.begin(connection, _me(desk).user_id)
    return desk.redirect(HERE)


def confirm_second(request: WebRequest) -> Response:
    """Every other session of the person ends: it began without the second factor."""
    desk, services = Desk.of(request), request.services
    me = _me(desk)
    attempt = _admitted(desk)
    if attempt is None:
        return _second(desk, error=desk.say(TOO_MANY_KEY), status=429)
    with services.database.write() as connection:
        codes = services.factors.confirm(connection, me.user_id, request.form.get("code", "")[:40])
        if codes:
            services.limit.succeeded(connection, attempt)
            services.sessions.revoke_others(connection, me.user_id, me.session_id)
            whom = ("user", me.user_id)
            services.audit.note(connection, "second_factor_on", me.user_id, origin_of(request), whom)
    if not codes:
        return _second(desk, error=desk.say("second.wrong"), status=422)
    return _second(desk, codes=codes)


def renew_codes(request: WebRequest) -> Response:
    desk, services = Desk.of(request), request.services
    me = _me(desk)
    attempt = _admitted(desk)
    if attempt is None:
        return _second(desk, error=desk.say(TOO_MANY_KEY), status=429)
    with services.database.write() as connection:
        right = services.factors.accept(connection, me.user_id, request.form.get("code", "")[:40])
        codes = services.factors.renew(connection, me.user_id) if right else ()
        if right:
            services.limit.succeeded(connection, attempt)
    return _second(desk, codes=codes) if codes else _second(desk, error=desk.say("second.wrong"), status=422)


def end_second(request: WebRequest) -> Response:
    desk, services = Desk.of(request), request.services
    me = _me(desk)
    attempt = _admitted(desk)
    if attempt is None:
        return _second(desk, error=desk.say(TOO_MANY_KEY), status=429)
    with services.database.write() as connection:
        waiting = services.factors.waiting(connection, me.user_id)
        if not waiting and not services.factors.accept(connection, me.user_id, request.form.get("code", "")[:40]):
            return _second(desk, error=desk.say("second.wrong"), status=422)
        services.factors.drop(connection, me.user_id)
        services.limit.succeeded(connection, attempt)
        if not waiting:
            whom = ("user", me.user_id)
            services.audit.note(connection, "second_factor_off", me.user_id, origin_of(request), whom)
    return desk.redirect(HERE)


def show_code(request: WebRequest) -> Response:
    """For who has proved their password; for everybody else the sign-in page."""
    if half_in(request) is None:
        return RedirectResponse("/login", status_code=303)
    return _code(request)


def give_code(request: WebRequest) -> Response:
    user_id = half_in(request)
    if user_id is None:
        return RedirectResponse("/login", status_code=303)
    device = Device(request.address, request.headers.get("user-agent", ""), request.session_token)
    try:
        entered = request.services.login.prove(user_id, request.form.get("code", "")[:40], device)
    except LoginRefused as refused:
        return _code(request, refused.message.in_(request.language), refused.status)
    return let_in(request, entered, local_path(request.form.get("next", "/")))


def _code(request: WebRequest, error: str = "", status: int = 200) -> Response:
    page = make_page(request, request.services.workspace, message("code.title", request.language))
    target = local_path(request.query.get("next") or request.form.get("next") or "/")
    return HTMLResponse(pages(request.language).render("screens/code.html", CodeScreen(page, target, error)), status)


def _me(desk: Desk) -> SessionUser:
    if desk.request.user is None:
        raise NotSetUp
    return desk.request.user


def _admitted(desk: Desk) -> Attempt | None:
    """Codes tried on the profile are limited with those at sign-in."""
    request = desk.request
    with request.services.database.write() as connection:
        account = f"code {_me(desk).user_id}"
        return request.services.limit.admit(connection, account, request.address)


def _second(desk: Desk, codes: tuple[str, ...] = (), error: str = "", status: int = 200) -> Response:
    services, me = desk.request.services, _me(desk)
    with services.database.read() as connection:
        on, left = services.factors.is_on(connection, me.user_id), services.factors.left(connection, me.user_id)
        secret = "" if on else services.factors.waiting(connection, me.user_id)
    context = SecondFactorScreen(
        page=desk.page(desk.say("second.title")),
        state="codes" if codes else "on" if on else "waiting" if secret else "off",
        picture=_picture(desk, me, secret) if secret else Html(),
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        left=left,
        codes=codes,
        error=error,
        required=desk.second_factor_missing,
    )
    return desk.render("screens/second_factor.html", context, status)


def _picture(desk: Desk, me: SessionUser, secret: str) -> Html:
    address = TOTP(secret).provisioning_uri(name=me.email, issuer_name=desk.workspace.name)
    drawn = segno.make(address, error="m").svg_inline(scale=5, border=2, light="#ffffff", dark="#000000", omitsize=True)
    return Html(drawn)
