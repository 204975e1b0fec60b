"""Creating and editing a record in a form: every error beside its field, nothing typed is lost."""

from __future__ import annotations

import json

from starlette.responses import JSONResponse, Response

from engine.locale.catalogue import message_text
from engine.records.errors import Conflict, Invalid, MoveRefused, Refused
from engine.records.model import Record
from engine.schema.model import Entity
from engine.web.desk import Desk, WebRequest
from engine.web.filling import (
    Filling,
    chosen_values,
    errors_of,
    everything_wrong,
    given_by_address,
    is_rearranged,
    line_changes,
    start_row,
    submitted,
    with_errors,
)
from engine.web.flash import Flash
from engine.web.form_page import show_form
from engine.web.list_place import carried
from engine.web.live_form import is_judged, judged
from engine.web.matches import near, near_panel, stops


def new_record(request: WebRequest) -> Response:
    """The empty form, filled with defaults and with what the address gives."""
    desk = Desk.of(request)
    entity = _creatable(desk)
    return show_form(desk, entity, None, Filling(start_row(desk, entity)))


def create_record(request: WebRequest) -> Response:
    desk = Desk.of(request)
    entity = _creatable(desk)
    if is_judged(desk):
        return JSONResponse(judged(desk, entity, None))
    filling = submitted(desk, entity, start_row(desk, entity))
    if is_rearranged(desk):
        return show_form(desk, entity, None, filling)
    if filling.errors:
        return show_form(desk, entity, None, everything_wrong(desk, entity, None, filling), 422)
    values = {**given_by_address(desk, entity), **filling.bound.values}
    found = near(desk, entity, values)
    if stops(desk, found):
        wrong = everything_wrong(desk, entity, None, filling)
        return show_form(desk, entity, None, wrong, 422, near_panel(desk, entity, found, asks=True))
    try:
        record_id = desk.store.create(desk.actor, entity.name, values, line_changes(filling))
    except (Invalid, MoveRefused) as refusal:
        return show_form(desk, entity, None, with_errors(filling, errors_of(entity, refusal)), 422)
    record = desk.store.get(desk.actor, entity.name, record_id)
    if request.form.get("dialog"):
        return _picked(desk, record)
    return desk.redirect(f"/e/{entity.name}/{record_id}", Flash("record.created", {"title": record.title}))


def edit_record(request: WebRequest) -> Response:
    desk = Desk.of(request)
    record = _editable(desk)
    return show_form(desk, record.entity, record, Filling(record.row))


def save_record(request: WebRequest) -> Response:
    desk = Desk.of(request)
    record = _editable(desk)
    entity = record.entity
    if is_judged(desk):
        return JSONResponse(judged(desk, entity, record))
    filling = submitted(desk, entity, record.row)
    if is_rearranged(desk):
        return show_form(desk, entity, record, filling)
    if filling.errors:
        return show_form(desk, entity, record, everything_wrong(desk, entity, record.id, filling), 422)
    values, version = chosen_values(desk, filling.bound.values)
    try:
        desk.store.change(desk.actor, entity.name, record.id, values, version, line_changes(filling))
    except (Invalid, MoveRefused) as refusal:
        return show_form(desk, entity, record, with_errors(filling, errors_of(entity, refusal)), 422)
    except Conflict as conflict:
        clashing = Filling(filling.row, filling.bound, filling.lines, filling.errors, conflict)
        return show_form(desk, entity, record, clashing, 409)
    place = carried(request.query)
    return desk.redirect(f"/e/{entity.name}/{record.id}{place}", Flash("record.saved", {"title": record.title}))


def _creatable(desk: Desk) -> Entity:
    entity = desk.entity()
    if not desk.workspace.policy.may_create(desk.actor, entity.name):
        raise Refused(message_text("refused.create", entity=entity.plural))
    return entity


def _editable(desk: Desk) -> Record:
    record = desk.record()
    if not record.may_update or record.row.get("deleted_at") is not None:
        raise Refused(message_text("refused.update", entity=record.entity.label))
    return record


def _picked(desk: Desk, record: Record) -> Response:
    """Tells the page that asked for it that a record was made, for the picker that wants it."""
    picked = {"id": str(record.id), "title": record.title, "for": desk.request.form.get("for", "")}
    return Response(status_code=200, headers={"hx-trigger": json.dumps({"picked": picked})})
