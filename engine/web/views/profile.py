"""One's own settings: language, look, password, and where one is logged in."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from engine.access.credentials import PasswordRefused, check_password
from engine.access.devices import device_name
from engine.access.preferences import save_preferences
from engine.access.sessions import SessionUser
from engine.forms import contexts
from engine.forms.contexts import Choice, Control, FormError, SessionRow
from engine.forms.marks import person_mark
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.web.auditing import origin_of
from engine.web.desk import LANGUAGE_NAMES, Desk, NotSetUp, WebRequest
from engine.web.flash import Flash
from engine.web.security import local_path

THEMES = ("", "light", "dark")
SWITCH = ("on", "off")
DENSITIES = ("compact", "comfortable", "relaxed")
PASSWORD = ("current", "password", "repeat")
LABELS = {
    "current": "profile.password_current",
    "password": "profile.password_new",
    "repeat": "profile.password_repeat",
}


def show_profile(request: WebRequest) -> Response:
    return _profile(Desk.of(request), {})


def save_profile(request: WebRequest) -> Response:
    """Keep whichever of language, theme, density and keys the form sends."""
    desk, user = Desk.of(request), _user(request)
    wanted = {name: getattr(user, name) for name in ("language", "theme", "density", "single_keys")}
    known = {"language": tuple(LANGUAGE_NAMES), "theme": THEMES, "density": DENSITIES, "single_keys": SWITCH}
    for name, values in known.items():
        if request.form.get(name) in values:
            wanted[name] = request.form[name]
    with request.services.database.write() as connection:
        save_preferences(connection, user.user_id, wanted)
    if request.is_htmx:
        return Response(status_code=204)
    target = local_path(request.form.get("next", "/profile"))
    return desk.redirect(target, Flash("profile.saved") if target == "/profile" else None)


def save_password(request: WebRequest) -> Response:
    """Change the password; every other session of the person ends."""
    desk, user, services = Desk.of(request), _user(request), request.services
    typed = {name: request.form.get(name, "")[:1024] for name in PASSWORD}
    if errors := _errors(request, user, typed):
        return _profile(desk, errors, 422)
    hashed = services.credentials.hash(typed["password"])
    with services.database.write() as connection:
        services.credentials.store(connection, user.user_id, hashed)
        services.sessions.revoke_others(connection, user.user_id, user.session_id)
        me = ("user", user.user_id)
        services.audit.note(connection, "password_set", user.user_id, origin_of(request), me)
    return desk.redirect("/profile", Flash("profile.password_saved"))


def revoke_session(request: WebRequest) -> Response:
    user = _user(request)
    with request.services.database.write() as connection:
        if request.services.sessions.revoke_one(connection, user.user_id, request.path_params["id"]):
            me = ("user", user.user_id)
            request.services.audit.note(connection, "session_ended", user.user_id, origin_of(request), me)
    return RedirectResponse("/profile", status_code=303)


def _user(request: WebRequest) -> SessionUser:
    if request.user is None:
        raise NotSetUp
    return request.user


def _errors(request: WebRequest, user: SessionUser, typed: dict[str, str]) -> dict[str, Text]:
    errors = {}
    if not request.services.credentials.verify(user.user_id, typed["current"]):
        errors["current"] = message_text("profile.password_wrong")
    try:
        check_password(typed["password"], user.email)
    except PasswordRefused as refused:
        errors["password"] = refused.message
    if typed["password"] != typed["repeat"]:
        errors["repeat"] = message_text("profile.password_differs")
    return errors


def _profile(desk: Desk, errors: dict[str, Text], status: int = 200) -> Response:
    user, blueprint = _user(desk.request), desk.workspace.blueprint
    roles = [desk.text(blueprint.roles[name].label) for name in sorted(user.roles) if name in blueprint.roles]
    context = contexts.ProfileScreen(
        page=desk.page(desk.say("profile.title")),
        name=user.name,
        email=user.email,
        mark=person_mark(user.name),
        roles=desk.say("shell.list_separator").join(roles),
        languages=tuple(Choice(c, name, selected=c == desk.language) for c, name in LANGUAGE_NAMES.items()),
        password=tuple(_control(desk, name, errors) for name in PASSWORD),
        sessions=_sessions(desk, user),
        errors=tuple(FormError(f"c-{n}", desk.say(LABELS[n]), desk.text(text)) for n, text in errors.items()),
    )
    return desk.render("screens/profile.html", context, status)


def _control(desk: Desk, name: str, errors: dict[str, Text]) -> Control:
    error = desk.text(errors[name]) if name in errors else ""
    return Control("password", name, f"c-{name}", desk.say(LABELS[name]), error=error, required=True)


def _sessions(desk: Desk, user: SessionUser) -> tuple[SessionRow, ...]:
    now = desk.store.moment(desk.actor).now
    with desk.request.services.database.read() as connection:
        entries = desk.request.services.sessions.list_for(connection, user.user_id)
    return tuple(
        SessionRow(
            id=entry.session_id,
            device=device_name(entry.user_agent) or desk.say("profile.unknown_device"),
            last_seen=desk.say(
                "profile.session_seen", when=desk.formats.ago(entry.last_seen_at, now), address=entry.address
            ),
            current=entry.session_id == user.session_id,
        )
        for entry in entries
    )
