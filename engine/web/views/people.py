"""`/users/<id>`: one person for admins: what they are called, their roles and team, how they come in and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from starlette.responses import Response

from engine.access import grants
from engine.access.devices import device_name
from engine.forms.binding import bind
from engine.forms.contexts import Choice, Control, FormError, Link, SessionRow
from engine.forms.contexts.people import PersonScreen
from engine.forms.controls import Filled
from engine.forms.marks import person_mark
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Invalid, RecordNotFound
from engine.records.model import Record
from engine.records.query import PageRequest
from engine.records.writing import Write
from engine.schema.model import ListQuery, Sort
from engine.web.auditing import origin_of
from engine.web.desk import Desk, WebRequest
from engine.web.endpoint import Refused
from engine.web.flash import Flash
from engine.web.views.invitations import Invited, invite
from engine.web.views.users import admin_desk

FIELDS = ("name", "email", "main_team", "manager")
ROLES = "roles"
OFFERED = 200
"""Records that are offered without a search."""
LAST_ADMIN = message_text("people.last_admin")


def show_person(request: WebRequest) -> Response:
    desk = admin_desk(request)
    return _person(desk, user_of(desk))


def save_person(request: WebRequest) -> Response:
    """What they are called, roles, team and manager, in one transaction."""
    desk = admin_desk(request)
    record = user_of(desk)
    typed = {name: request.form[name] for name in FIELDS if name in request.form}
    bound = bind((record.entity.fields[name] for name in FIELDS), typed, desk.formats)
    roles = {role for role in request.form.getlist(ROLES) if role in desk.workspace.blueprint.roles}
    errors = dict(bound.errors)
    if not errors:
        try:
            with desk.store.begin(desk.actor, "ui") as write:
                write.change("user", record.id, bound.values)
                _set_roles(desk, write, record.id, roles)
            return desk.redirect(f"/users/{record.id}", Flash("people.saved"))
        except Invalid as invalid:
            errors = dict(invalid.errors)
    return _person(desk, record, typed, errors, roles, status=422)


def make_link(request: WebRequest) -> Response:
    """A link to set a password with, for who never came in or who forgot."""
    desk = admin_desk(request)
    record = user_of(desk)
    if not record.row["active"]:
        raise RecordNotFound
    return _person(desk, record, made=invite(desk, record.id, record.row["email"], "reset"))


def activate(request: WebRequest) -> Response:
    """Let a person in again."""
    desk = admin_desk(request)
    user_id, audit = user_of(desk).id, request.services.audit
    with desk.store.begin(desk.actor, "ui") as write:
        write.change("user", user_id, {"active": True})
        audit.note(write.connection, "user_activated", desk.actor.user_id, origin_of(request), ("user", user_id))
    return desk.redirect(f"/users/{user_id}")


def reset_second(request: WebRequest) -> Response:
    """For who lost their device: they come in with their password alone."""
    desk, services = admin_desk(request), request.services
    user_id = user_of(desk).id
    with services.database.write() as connection:
        services.factors.drop(connection, user_id)
        whom = ("user", user_id)
        services.audit.note(connection, "second_factor_off", desk.actor.user_id, origin_of(request), whom)
    return desk.redirect(f"/users/{user_id}")


def end_sessions(request: WebRequest) -> Response:
    """One of their devices, or all."""
    desk = admin_desk(request)
    user_id, services = user_of(desk).id, request.services
    with services.database.write() as connection:
        if session := request.path_params.get("session"):
            services.sessions.revoke_one(connection, user_id, session)
        else:
            services.sessions.revoke_others(connection, user_id, request.user.session_id if request.user else None)
        services.audit.note(connection, "session_ended", desk.actor.user_id, origin_of(request), ("user", user_id))
    return desk.redirect(f"/users/{user_id}")


def close(desk: Desk, write: Write, user_id: int) -> None:
    """Sessions, links and API tokens of a person who may no longer come in end. Raises `Refused` for the last admin."""
    if not grants.holds_without(write.connection, desk.request.services.admin_roles, user_id):
        raise Refused(422, LAST_ADMIN)
    desk.request.services.sessions.revoke_others(write.connection, user_id, None)
    desk.request.services.entry_links.end(write.connection, user_id)
    desk.request.services.api_tokens.end(write.connection, user_id)


def _set_roles(desk: Desk, write: Write, user_id: int, roles: set[str]) -> None:
    """Raises `Invalid` where nobody would manage the workspace."""
    before = grants.roles_of(write.connection, user_id)
    if roles == before:
        return
    admin_roles = desk.request.services.admin_roles
    steps_down = before & admin_roles and not roles & admin_roles
    if steps_down and not grants.holds_without(write.connection, admin_roles, user_id):
        raise Invalid({ROLES: LAST_ADMIN})
    grants.set_roles(write.connection, user_id, roles)
    audit, origin, whom = desk.request.services.audit, origin_of(desk.request), ("user", user_id)
    said = {"roles": sorted(roles), "before": sorted(before)}
    audit.note(write.connection, "roles_changed", desk.actor.user_id, origin, whom, **said)


def user_of(desk: Desk) -> Record:
    """Raises `RecordNotFound`."""
    record = desk.store.get(desk.actor, "user", desk.record_id())
    if record.row["deleted_at"] is not None:
        raise RecordNotFound
    return record


def _person(
    desk: Desk,
    record: Record,
    typed: dict[str, str] | None = None,
    errors: dict[str, Text] | None = None,
    roles: Iterable[str] | None = None,
    made: Invited | None = None,
    status: int = 200,
) -> Response:
    errors, row = errors or {}, record.row
    with desk.request.services.database.read() as connection:
        held = grants.roles_of(connection, record.id) if roles is None else frozenset(roles)
        second = desk.request.services.factors.is_on(connection, record.id)
    controls = (*_controls(desk, record, typed or {}, errors), _roles(desk, held, errors))
    labels = {control.name: control.label for control in controls}
    context = PersonScreen(
        page=desk.page(row["name"]),
        crumbs=(Link(desk.say("users.title"), "/users", "users"), Link(row["name"], "")),
        here=f"/users/{record.id}",
        name=row["name"],
        email=row["email"],
        mark=person_mark(row["name"]),
        active=bool(row["active"]),
        second=second,
        myself=record.id == desk.actor.user_id,
        controls=controls,
        sessions=_sessions(desk, record.id),
        errors=tuple(
            FormError(f"c-{name}" if name else "", labels.get(name, ""), desk.text(text))
            for name, text in errors.items()
        ),
        made=made.sentence if made else "",
        link=made.url if made else "",
    )
    return desk.render("screens/person.html", context, status)


def _controls(desk: Desk, record: Record, typed: dict[str, str], errors: dict[str, Text]) -> tuple[Control, ...]:
    filled = Filled(record.row, typed, errors, {})
    made = [desk.controls.control(record.entity.fields[name], filled) for name in FIELDS]
    return tuple(_offered(desk, record, control) for control in made)


def _offered(desk: Desk, record: Record, control: Control) -> Control:
    """A link with the first records to choose from, for browsers without script."""
    target = record.entity.fields[control.name].target
    if target is None:
        return control
    found = desk.store.list(desk.actor, ListQuery(target, ("name",), sort=(Sort("name"),)), PageRequest(limit=OFFERED))
    there = {choice.key for choice in control.choices}
    others = (Choice(str(row["id"]), row["name"]) for row in found.rows if row["id"] != record.id)
    return replace(control, choices=(*control.choices, *(choice for choice in others if choice.key not in there)))


def _roles(desk: Desk, held: frozenset[str], errors: dict[str, Text]) -> Control:
    return Control(
        widget="multi_choice",
        name=ROLES,
        id=f"c-{ROLES}",
        label=desk.say("people.roles"),
        error=desk.text(errors[ROLES]) if ROLES in errors else "",
        choices=tuple(
            Choice(role.name, desk.text(role.label), selected=role.name in held)
            for role in desk.workspace.blueprint.roles.values()
        ),
        wide=True,
    )


def _sessions(desk: Desk, user_id: int) -> tuple[SessionRow, ...]:
    now, mine = desk.store.moment(desk.actor).now, desk.request.user
    with desk.request.services.database.read() as connection:
        entries = desk.request.services.sessions.list_for(connection, user_id)
    return tuple(
        SessionRow(
            id=entry.session_id,
            device=device_name(entry.user_agent) or desk.say("profile.unknown_device"),
            last_seen=desk.say(
                "profile.session_seen", when=desk.formats.ago(entry.last_seen_at, now), address=entry.address
            ),
            current=mine is not None and entry.session_id == mine.session_id,
        )
        for entry in entries
    )
