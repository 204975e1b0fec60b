"""The people of the workspace, for admins: who they are, their roles, who may come in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from starlette.responses import Response

from engine.database.system_tables import grant, session
from engine.forms import contexts
from engine.forms.binding import bind
from engine.forms.contexts import Choice, Control, FormError, Link, UserRow
from engine.forms.marks import person_mark
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Invalid, RecordNotFound
from engine.records.page import Page
from engine.records.paging import BadCursor
from engine.records.people import write_user
from engine.records.query import PageRequest
from engine.schema.model import Field, ListQuery, Sort
from engine.web.auditing import origin_of
from engine.web.desk import Desk, WebRequest
from engine.web.views.invitations import Invited, invite

AT_ONCE = 100
FIELDS = (("name", "text"), ("email", "email"), ("role", "choice"))
QUERY = ListQuery("user", ("name", "email", "active", "main_team"), sort=(Sort("name"),))


def show_users(request: WebRequest) -> Response:
    return _users(admin_desk(request), {}, {})


def add_user(request: WebRequest) -> Response:
    """Add a person with a role; a link lets them in, which is shown once and mailed."""
    desk = admin_desk(request)
    typed = {name: request.form.get(name, "").strip()[:320] for name, _ in FIELDS}
    errors: dict[str, Text] = {}
    if typed["role"] not in desk.workspace.blueprint.roles:
        errors["role"] = message_text("value.required", label=message_text("users.role"))
    bound = bind(_fields(desk), typed, desk.formats)
    errors |= bound.errors
    if errors:
        return _users(desk, typed, errors, status=422)
    credentials, audit = request.services.credentials, request.services.audit
    try:
        with desk.store.begin(desk.actor, "ui") as write:
            user_id = write_user(write, credentials, bound.values, (typed["role"],), None)
            whom, roles = ("user", user_id), [typed["role"]]
            audit.note(write.connection, "user_added", desk.actor.user_id, origin_of(request), whom, roles=roles)
    except Invalid as invalid:
        return _users(desk, typed, dict(invalid.errors), status=422)
    return _users(desk, {}, {}, invite(desk, user_id, typed["email"], "invite"))


def admin_desk(request: WebRequest) -> Desk:
    """For everybody else the page does not exist. Raises `RecordNotFound`."""
    desk = Desk.of(request)
    if not desk.workspace.policy.is_admin(desk.actor):
        raise RecordNotFound
    return desk


def _fields(desk: Desk) -> list[Field]:
    fields = desk.workspace.blueprint.entities["user"].fields
    return [fields["name"], fields["email"]]


def _users(
    desk: Desk, typed: dict[str, str], errors: dict[str, Text], made: Invited | None = None, status: int = 200
) -> Response:
    search = desk.request.query.get("q", "").strip()[:200]
    page = _page(desk, search)
    context = contexts.UsersScreen(
        page=desk.page(desk.say("users.title")),
        tabs=people_tabs(desk, "/users"),
        users=_rows(desk, page),
        search=search,
        next_url=f"/users?q={search}&after={page.after}" if page.after else "",
        controls=tuple(_control(desk, name, widget, typed, errors) for name, widget in FIELDS),
        errors=tuple(FormError(f"c-{n}", desk.say(f"users.{n}"), desk.text(text)) for n, text in errors.items()),
        made=made.sentence if made else "",
        link=made.url if made else "",
    )
    return desk.render("screens/users.html", context, status)


def people_tabs(desk: Desk, here: str) -> tuple[Link, ...]:
    tabs = (
        ("users.title", "/users", "users"),
        ("teams.title", "/teams", "users-round"),
        ("audit.title", "/audit", "scroll"),
    )
    return tuple(Link(desk.say(key), url, icon, current=url == here) for key, url, icon in tabs)


def _page(desk: Desk, search: str) -> Page:
    after = desk.request.query.get("after") or None
    try:
        return desk.store.list(desk.actor, QUERY, PageRequest(limit=AT_ONCE, search=search, after=after))
    except BadCursor:
        return desk.store.list(desk.actor, QUERY, PageRequest(limit=AT_ONCE, search=search))


def _rows(desk: Desk, page: Page) -> tuple[UserRow, ...]:
    ids = [row["id"] for row in page.rows]
    roles, seen = _roles(desk, ids), _last_seen(desk, ids)
    now = desk.store.moment(desk.actor).now
    return tuple(
        UserRow(
            id=str(row["id"]),
            name=row["name"],
            email=row["email"],
            mark=person_mark(row["name"]),
            roles=roles.get(row["id"], ""),
            team=row.get("main_team__title") or "",
            active=bool(row["active"]),
            last_seen=desk.formats.ago(seen[row["id"]], now) if row["id"] in seen else "",
            myself=row["id"] == desk.actor.user_id,
        )
        for row in page.rows
    )


def _roles(desk: Desk, ids: list[int]) -> dict[int, str]:
    labels = {name: desk.text(role.label) for name, role in desk.workspace.blueprint.roles.items()}
    found: dict[int, list[str]] = {}
    statement = select(grant.c.user_id, grant.c.role).where(grant.c.user_id.in_(ids)).order_by(grant.c.role)
    with desk.request.services.database.read() as connection:
        for user_id, role in connection.execute(statement):
            found.setdefault(user_id, []).append(labels.get(role, role))
    return {user_id: ", ".join(names) for user_id, names in found.items()}


def _last_seen(desk: Desk, ids: list[int]) -> dict[int, datetime]:
    latest = select(session.c.user_id, func.max(session.c.last_seen_at)).where(session.c.user_id.in_(ids))
    with desk.request.services.database.read() as connection:
        return {row[0]: row[1] for row in connection.execute(latest.group_by(session.c.user_id))}


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
