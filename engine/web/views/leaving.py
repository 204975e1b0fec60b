"""Deactivating a person: what they own is handed over first, each entity as an operation that can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from engine.forms.contexts import Choice, Link
from engine.forms.contexts.people import HandOver, LeavingScreen
from engine.locale.catalogue import message_text
from engine.records.bulk import ASSIGN, parts
from engine.records.errors import RecordNotFound
from engine.records.model import Record
from engine.records.query import Condition, PageRequest
from engine.schema.model import Entity, ListQuery, Sort
from engine.web.auditing import origin_of
from engine.web.desk import Desk, WebRequest
from engine.web.endpoint import Refused
from engine.web.views.operations import AT_ONCE
from engine.web.views.people import OFFERED, close, user_of
from engine.web.views.users import admin_desk

MOST = 1_000_000
"""Records of one entity that are counted and handed over."""
KEPT = "-"
"""Said of an entity whose records stay with the person."""
NO_HEIR = message_text("leaving.no_heir")


@dataclass(frozen=True, slots=True)
class _Owned:
    entity: Entity
    count: int


def show_leaving(request: WebRequest) -> Response:
    """Two statements for the person and what they own, one for who there is."""
    desk = admin_desk(request)
    return _leaving(desk, _staying(desk))


def leave(request: WebRequest) -> Response:
    """All of it or nothing: keep them out, end sessions and links, begin to hand over."""
    desk = admin_desk(request)
    record, services = _staying(desk), request.services
    owned = _owned(desk, record.id)
    try:
        heirs = _heirs(desk, record.id, owned)
    except Refused as refused:
        return _leaving(desk, record, desk.text(refused.message), 422)
    ids = {each.entity.name: _ids(desk, each.entity, record.id) for each in owned if each.entity.name in heirs}
    about = dict(message_text("leaving.about", name=record.row["name"]).by_language)
    started: list[tuple[int, int]] = []
    with desk.store.begin(desk.actor, "ui") as write:
        write.change("user", record.id, {"active": False})
        close(desk, write, record.id)
        origin, whom, me = origin_of(request), ("user", record.id), desk.actor.user_id
        services.audit.note(write.connection, "user_deactivated", me, origin, whom)
        for name, mine in ids.items():
            settings = {"values": {"owner": heirs[name]}, "about": about, "back": f"/e/{name}"}
            operation = services.operations.start(
                desk.actor, ASSIGN, name, settings, len(mine), parts(mine), write.connection
            )
            services.audit.note(write.connection, "handed_over", me, origin, whom, count=len(mine), name=name)
            started.append((operation, len(mine)))
    for operation, count in started:
        if count <= AT_ONCE:
            services.runner.run(operation)
    return desk.redirect("/operations" if started else f"/users/{record.id}")


def _staying(desk: Desk) -> Record:
    """A person who can be deactivated: an active one, not oneself. Raises `RecordNotFound`."""
    record = user_of(desk)
    if record.id == desk.actor.user_id or not record.row["active"]:
        raise RecordNotFound
    return record


def _owned(desk: Desk, user_id: int) -> list[_Owned]:
    """What the person owns, entity by entity: one statement."""
    entities = desk.workspace.blueprint.entities.values()
    owned = [each for each in entities if "owner" in each.fields and not each.builtin and not each.line_of]
    owned = [each for each in owned if desk.workspace.policy.may_open(desk.actor, each.name)]
    asked = [_theirs(user_id)] * len(owned)
    counts = desk.store.counts(desk.actor, [ListQuery(each.name, ()) for each in owned], MOST, asked)
    return [_Owned(entity, count) for entity, count in zip(owned, counts, strict=True) if count]


def _theirs(user_id: int) -> PageRequest:
    return PageRequest(conditions=(Condition("owner", "any_of", (user_id,)),))


def _ids(desk: Desk, entity: Entity, user_id: int) -> list[int]:
    return sorted(desk.store.ids(desk.actor, ListQuery(entity.name, ()), _theirs(user_id), MOST))


def _heirs(desk: Desk, user_id: int, owned: list[_Owned]) -> Mapping[str, int]:
    """Who gets what, by entity; what stays is left out. Raises `Refused`."""
    form, found = desk.request.form, {}
    for each in owned:
        chosen = form.get(f"to.{each.entity.name}", "") or form.get("to", "")
        if chosen != KEPT:
            found[each.entity.name] = chosen
    people = dict(_people(desk, user_id, {int(one) for one in found.values() if one.isascii() and one.isdigit()}))
    if any(one not in people for one in found.values()):
        raise Refused(422, NO_HEIR)
    return {name: int(one) for name, one in found.items()}


def _people(desk: Desk, user_id: int, among: set[int] | None = None) -> list[tuple[str, str]]:
    """Those who may come in, but for the one who leaves: (id, name)."""
    conditions = [Condition("active", "is_true")]
    if among is not None:
        conditions.append(Condition("id", "any_of", tuple(number for number in among if number < 2**53)))
    query = ListQuery("user", ("name",), sort=(Sort("name"),))
    page = desk.store.list(desk.actor, query, PageRequest(conditions=tuple(conditions), limit=OFFERED))
    return [(str(row["id"]), row["name"]) for row in page.rows if row["id"] != user_id]


def _leaving(desk: Desk, record: Record, error: str = "", status: int = 200) -> Response:
    form, manager = desk.request.form, str(record.row["manager"] or "")
    owned, people = _owned(desk, record.id), _people(desk, record.id)

    def choices(chosen: str) -> tuple[Choice, ...]:
        return tuple(Choice(number, name, selected=number == chosen) for number, name in people)

    context = LeavingScreen(
        page=desk.page(desk.say("leaving.title", name=record.row["name"])),
        crumbs=(
            Link(record.row["name"], f"/users/{record.id}", "users"),
            Link(desk.say("users.deactivate"), ""),
        ),
        here=f"/users/{record.id}/deactivate",
        back=f"/users/{record.id}",
        name=record.row["name"],
        people=choices(form.get("to", manager)),
        stay=form.get("to") == KEPT,
        owned=tuple(
            HandOver(
                name=each.entity.name,
                label=desk.text(each.entity.plural),
                icon=each.entity.icon,
                hue=each.entity.hue,
                count=desk.formats.number(each.count),
                people=choices(form.get(f"to.{each.entity.name}", "")),
                stay=form.get(f"to.{each.entity.name}") == KEPT,
            )
            for each in owned
        ),
        error=error,
    )
    return desk.render("screens/leaving.html", context, status)
