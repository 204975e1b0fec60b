"""The teams of the workspace as a tree, for admins: what they are called, what they are part of, who leads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from engine.forms.binding import bind
from engine.forms.contexts import Choice, Control, FormError
from engine.forms.contexts.people import TeamRow, TeamsScreen
from engine.forms.controls import Filled
from engine.locale.text import Text
from engine.records.errors import Invalid
from engine.records.query import PageRequest
from engine.schema.model import ListQuery, Sort
from engine.web.desk import Desk, WebRequest
from engine.web.flash import Flash
from engine.web.views.users import admin_desk, people_tabs

FIELDS = ("name", "parent", "lead")
MOST = 1000
"""Teams of a workspace; beyond it the tree is cut."""
OFFERED = 200
Row = Mapping[str, Any]


def show_teams(request: WebRequest) -> Response:
    return _teams(admin_desk(request), None)


def show_team(request: WebRequest) -> Response:
    desk = admin_desk(request)
    return _teams(desk, desk.store.get(desk.actor, "team", desk.record_id()).row)


def add_team(request: WebRequest) -> Response:
    return _save(admin_desk(request), None)


def save_team(request: WebRequest) -> Response:
    desk = admin_desk(request)
    return _save(desk, desk.store.get(desk.actor, "team", desk.record_id()).row)


def delete_team(request: WebRequest) -> Response:
    """Into the bin, where it can be taken out again."""
    desk = admin_desk(request)
    desk.store.delete(desk.actor, "team", desk.record_id())
    return desk.redirect("/teams", Flash("teams.deleted"))


def _save(desk: Desk, row: Row | None) -> Response:
    entity, form = desk.workspace.blueprint.entities["team"], desk.request.form
    typed = {name: form.get(name, "")[:400] for name in FIELDS}
    bound = bind((entity.fields[name] for name in FIELDS), typed, desk.formats)
    errors = dict(bound.errors)
    if not errors:
        try:
            with desk.store.begin(desk.actor, "ui") as write:
                if row is None:
                    write.create("team", bound.values)
                else:
                    write.change("team", row["id"], bound.values)
            return desk.redirect("/teams", Flash("teams.saved"))
        except Invalid as invalid:
            errors = dict(invalid.errors)
    return _teams(desk, row, typed, errors, 422)


def _teams(
    desk: Desk,
    row: Row | None,
    typed: dict[str, str] | None = None,
    errors: dict[str, Text] | None = None,
    status: int = 200,
) -> Response:
    """Statements: the teams, how many people each has, who can lead one."""
    errors = errors or {}
    query = ListQuery("team", FIELDS, sort=(Sort("name"),))
    found = desk.store.list(desk.actor, query, PageRequest(limit=MOST)).rows
    members = desk.store.aggregate_by(desk.actor, ListQuery("user", ("name",)), "main_team")
    people = desk.store.list(desk.actor, ListQuery("user", ("name",), sort=(Sort("name"),)), PageRequest(limit=OFFERED))
    offered = {
        "parent": tuple(Choice(str(team["id"]), team["name"]) for team in found if not row or team["id"] != row["id"]),
        "lead": tuple(Choice(str(user["id"]), user["name"]) for user in people.rows),
    }
    filled = Filled(row or {}, typed or {}, errors, {})
    entity = desk.workspace.blueprint.entities["team"]
    controls = tuple(
        _with(desk.controls.control(entity.fields[name], filled), offered.get(name, ())) for name in FIELDS
    )
    labels = {control.name: control.label for control in controls}
    context = TeamsScreen(
        page=desk.page(desk.say("teams.title")),
        tabs=people_tabs(desk, "/teams"),
        teams=tuple(
            TeamRow(
                id=str(team["id"]),
                name=team["name"],
                url=f"/teams/{team['id']}",
                depth=depth,
                lead=team.get("lead__title") or "",
                members=desk.say("users.people", count=members[team["id"]].count) if team["id"] in members else "",
                current=row is not None and team["id"] == row["id"],
            )
            for team, depth in in_tree(found)
        ),
        action=f"/teams/{row['id']}" if row else "/teams",
        title=desk.say("teams.edit" if row else "teams.add"),
        controls=controls,
        errors=tuple(
            FormError(f"c-{n}" if n else "", labels.get(n, ""), desk.text(text)) for n, text in errors.items()
        ),
        chosen=row is not None,
    )
    return desk.render("screens/teams.html", context, status)


def _with(control: Control, offered: Sequence[Choice]) -> Control:
    there = {choice.key for choice in control.choices}
    return replace(control, choices=(*control.choices, *(choice for choice in offered if choice.key not in there)))


def in_tree(teams: Sequence[Row]) -> Iterator[tuple[Row, int]]:
    """Each team below what it is part of, with how deep it is; one whose parent is not there stands at the top."""
    ids = {team["id"] for team in teams}
    below: dict[int | None, list[Row]] = {}
    for team in teams:
        below.setdefault(team["parent"] if team["parent"] in ids else None, []).append(team)
    waiting = [(team, 0) for team in reversed(below.get(None, []))]
    while waiting:
        team, depth = waiting.pop()
        yield team, depth
        waiting += [(one, depth + 1) for one in reversed(below.get(team["id"], []))]
