"""The people of the workspace, for admins: who they are, their roles, who may come in."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import func, select
from starlette.responses import RedirectResponse, Response

from engine.database.system_tables import grant, session
from engine.forms import contexts
from engine.forms.binding import bind
from engine.forms.contexts import Choice, Control, FormError, UserRow
from engine.forms.marks import person_mark
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Invalid, RecordNotFound
from engine.records.people import add_user as add_person
from engine.records.query import PageRequest
from engine.schema.model import Field, ListQuery, Sort
from engine.web.desk import Desk, WebRequest

MOST = 500
FIELDS = (("name", "text"), ("email", "email"), ("role", "choice"))


def show_users(request: WebRequest) -> Response:
    return _users(_admin_desk(request), {}, {})


def add_user(request: WebRequest) -> Response:
    """Add a person with a role; their first password is shown once."""
    desk = _admin_desk(request)
    typed = {name: request.form.get(name, "").strip()[:320] for name, _ in FIELDS}
    errors: dict[str, Text] = {}
    if typed["role"] not in desk.workspace.blueprint.roles:
        errors["role"] = message_text("value.required", label=message_text("users.role"))
    bound = bind(_fields(desk), typed, desk.formats)
    errors |= bound.errors
    if errors:
        return _users(desk, typed, errors, status=422)
    password = secrets.token_urlsafe(12)
    credentials = request.services.credentials
    hashed = credentials.hash(password)
    try:
        add_person(desk.store, credentials, desk.actor, bound.values, (typed["role"],), hashed)
    except Invalid as invalid:
        return _users(desk, typed, dict(invalid.errors), status=422)
    return _users(desk, {}, {}, made=typed["email"], password=password)


def _fields(desk: Desk) -> list[Field]:
    fields = desk.workspace.blueprint.entities["user"].fields
    return [fields["name"], fields["email"]]


def set_active(request: WebRequest) -> Response:
    """Let a person in or keep them out; their sessions end at once."""
    desk = _admin_desk(request)
    user_id, active = desk.record_id(), request.path.endswith("/activate")
    if user_id == desk.actor.user_id:
        raise RecordNotFound
    desk.store.change(desk.actor, "user", user_id, {"active": active})
    if not active:
        with request.services.database.write() as connection:
            request.services.sessions.revoke_others(connection, user_id, None)
    return RedirectResponse("/users", status_code=303)


def _admin_desk(request: WebRequest) -> Desk:
    """For everybody else the page does not exist."""
    desk = Desk.of(request)
    if not desk.workspace.policy.is_admin(desk.actor):
        raise RecordNotFound
    return desk


def _users(
    desk: Desk, typed: dict[str, str], errors: dict[str, Text], made: str = "", password: str = "", status: int = 200
) -> Response:
    context = contexts.UsersScreen(
        page=desk.page(desk.say("users.title")),
        users=_rows(desk),
        controls=tuple(_control(desk, name, widget, typed, errors) for name, widget in FIELDS),
        errors=tuple(FormError(f"c-{n}", desk.say(f"users.{n}"), desk.text(text)) for n, text in errors.items()),
        made=made,
        first_password=password,
    )
    return desk.render("screens/users.html", context, status)


def _rows(desk: Desk) -> tuple[UserRow, ...]:
    query = ListQuery("user", ("name", "email", "active"), sort=(Sort("name"),))
    page = desk.store.list(desk.actor, query, PageRequest(limit=MOST))
    roles, seen = _roles(desk), _last_seen(desk)
    now = desk.store.moment(desk.actor).now
    return tuple(
        UserRow(
            id=str(row["id"]),
            name=row["name"],
            email=row["email"],
            mark=person_mark(row["name"]),
            roles=roles.get(row["id"], ""),
            active=bool(row["active"]),
            last_seen=desk.formats.ago(seen[row["id"]], now) if row["id"] in seen else "",
            myself=row["id"] == desk.actor.user_id,
        )
        for row in page.rows
    )


def _roles(desk: Desk) -> dict[int, str]:
    labels = {name: desk.text(role.label) for name, role in desk.workspace.blueprint.roles.items()}
    found: dict[int, list[str]] = {}
    with desk.request.services.database.read() as connection:
        for user_id, role in connection.execute(select(grant.c.user_id, grant.c.role).order_by(grant.c.role)):
            found.setdefault(user_id, []).append(labels.get(role, role))
    return {user_id: ", ".join(names) for user_id, names in found.items()}


def _last_seen(desk: Desk) -> dict[int, datetime]:
    latest = select(session.c.user_id, func.max(session.c.last_seen_at)).group_by(session.c.user_id)
    with desk.request.services.database.read() as connection:
        return {row[0]: row[1] for row in connection.execute(latest)}


def _control(desk: Desk, name: str, widget: str, typed: dict[str, str], errors: dict[str, Text]) -> Control:
    roles = desk.workspace.blueprint.roles.values() if widget == "choice" else ()
    return Control(
        widget=widget,
        name=name,
        id=f"c-{name}",
        label=desk.say(f"users.{name}"),
        text=typed.get(name, ""),
        error=desk.text(errors[name]) if name in errors else "",
        required=True,
        choices=tuple(
            Choice(role.name, desk.text(role.label), selected=role.name == typed.get(name)) for role in roles
        ),
    )
