"""Moving a record to another stage or lane: from the path, the board, a menu; refused moves say why and ask for what
lacks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.binding import Bound, bind, gathered
from engine.forms.columns import is_writable
from engine.forms.contexts import Choice, Move
from engine.forms.controls import Filled
from engine.forms.model import BoardScreen, may_see
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Conflict, Invalid, MoveRefused, RecordNotFound, Refused
from engine.records.model import Record
from engine.schema.field_type import ValueRefused
from engine.schema.model import Field
from engine.web.cards import NONE
from engine.web.desk import Desk, WebRequest
from engine.web.flash import Flash
from engine.web.stage_path import next_stage
from engine.web.swimlanes import Swimlanes
from engine.web.views.boards import board_behind
from engine.web.views.peeks import peek_again
from engine.web.views.records import record_context
from engine.web.way_back import way_back

ROW = "row"
"""The place of a move to the next stage from a row of a list: a key says neither which stage that is nor a version."""


def move_record(request: WebRequest) -> Response:
    """Write the stage, or the lane and row of a board, and the answers that came with it."""
    desk = Desk.of(request)
    record = desk.record()
    field = _lanes(desk, record)
    on_row = request.form.get("place") == ROW
    target = next_stage(desk, record) if on_row else request.form.get("stage", "")
    if on_row and not target:
        return _told(desk, "board.no_next", title=record.title)
    if field.option(target) is None:
        raise RecordNotFound
    asked = [f for f in record.entity.declared if f.name in request.form and f.name != field.name]
    bound = bind(asked, gathered(request.form.multi_items()), desk.formats)
    if bound.errors:
        return _refused(desk, record, field, target, tuple(bound.typed), bound, ())
    values = {**_row_value(desk, record), **bound.values, field.name: target}
    try:
        desk.store.change(desk.actor, record.entity.name, record.id, values, desk.version())
    except MoveRefused as refused:
        reasons = (refused.reason,) if refused.reason else ()
        return _refused(desk, record, field, target, refused.missing, bound, reasons)
    except Invalid as invalid:
        return _invalid(desk, record, field, target, bound, invalid)
    except Conflict:
        return _refused(desk, record, field, target, (), bound, (_conflicting(desk, record),))
    except Refused as refused_right:
        if not desk.request.is_htmx:
            raise
        return _refused(desk, record, field, target, (), bound, (refused_right.message,))
    return _moved(desk, record, field, target)


def _board(desk: Desk, record: Record) -> BoardScreen | None:
    """The board the move came from: the one named, else the first of the record's stages. Raises `RecordNotFound`
    for one the actor does not have."""
    if desk.request.form.get("place") != "board":
        return None
    views = desk.workspace.blueprint.screens.views[record.entity.name]
    stage, name = record.entity.stage_field, desk.request.form.get("view", "")
    boards = [view for view in views.values() if isinstance(view, BoardScreen) and view.by == stage]
    view = views.get(name) if name else next(iter(boards), None)
    if not isinstance(view, BoardScreen) or not may_see(view, desk.actor.roles):
        raise RecordNotFound
    return view


def _lanes(desk: Desk, record: Record) -> Field:
    """The field that says where the record goes: the board's, or the record's stage."""
    view = _board(desk, record)
    field = view.by if view else record.entity.stage_field
    if field is None or not is_writable(field):
        raise RecordNotFound
    return field


def _row_value(desk: Desk, record: Record) -> Mapping[str, Any]:
    """The value of the row the card was put into. Raises `RecordNotFound` for a row that is none."""
    view, key = _board(desk, record), desk.request.form.get("row", "")
    field = view.swimlane if view else None
    if field is None or not key or not is_writable(field) or "pipeline" in field.settings:
        return {}
    try:
        return {field.name: None if key == NONE else field.type.accept(key, field)}
    except ValueRefused:
        raise RecordNotFound from None


def _conflicting(desk: Desk, record: Record) -> Text:
    return message_text("move.conflict", by=str(record.row.get("updated_by__title") or ""))


def _invalid(desk: Desk, record: Record, field: Field, target: str, bound: Bound, invalid: Invalid) -> Response:
    """Rules of the record that do not hold in the new stage: ask for the fields, say the rest."""
    fields = tuple(name for name in invalid.errors if name in record.entity.fields)
    reasons = tuple(text for name, text in invalid.errors.items() if name not in fields)
    errors = Bound(bound.values, {name: invalid.errors[name] for name in fields}, bound.typed)
    return _refused(desk, record, field, target, fields, errors, reasons)


def _refused(
    desk: Desk,
    record: Record,
    field: Field,
    target: str,
    asked: tuple[str, ...],
    bound: Bound,
    reasons: tuple[Text, ...],
) -> Response:
    filled = Filled(record.row, bound.typed, bound.errors, {})
    names = dict.fromkeys((*bound.typed, *asked))
    maker = replace(desk.controls, mark="m-")
    controls = tuple(maker.control(record.entity.fields[name], filled, required=True) for name in names)
    place = desk.request.form.get("place", "")
    place = {"board": "board", "peek": "peek", ROW: "peek"}.get(place, "record")
    here = f"/e/{record.entity.name}/{record.id}"
    move = Move(
        url=f"{here}/stage",
        csrf=desk.request.csrf_token,
        version=str(record.version),
        place=place,  # type: ignore[arg-type]
        id=str(record.id),
        title=record.title,
        source=_choice(desk, field, str(record.row.get(field.name) or "")),
        target=_choice(desk, field, target),
        reasons=tuple(desk.text(reason) for reason in reasons),
        controls=controls,
        cancel_url=way_back(desk, here),
        view=desk.request.form.get("view", "") if place == "board" else "",
        row=desk.request.form.get("row", "") if place == "board" else "",
    )
    if desk.request.is_htmx:
        return desk.render("parts/move.html", contexts.MoveDialog(move), 422)
    return desk.render("screens/move.html", contexts.MoveScreen(desk.page(record.title), move), 422)


def _choice(desk: Desk, field: Field, key: str) -> Choice:
    option = field.option(key)
    return Choice(key, desk.text(option.label), option.hue) if option else Choice(key, key or "–", "gray")


def _moved(desk: Desk, before: Record, field: Field, target: str) -> Response:
    view = _board(desk, before)
    if not desk.request.is_htmx:
        option = field.option(target)
        stage = desk.text(option.label) if option else target
        here = f"/e/{before.entity.name}/{before.id}"
        return desk.redirect(way_back(desk, here), Flash("record.moved", {"stage": stage}))
    if view is None:
        if desk.request.form.get("place") == ROW:
            moved = field.option(target)
            return _told(desk, "board.moved", title=before.title, stage=desk.text(moved.label) if moved else target)
        record = desk.store.get(desk.actor, before.entity.name, before.id)
        if desk.request.form.get("place") == "peek":
            return peek_again(desk, record)
        return desk.render("parts/record.html", record_context(desk, record))
    board = board_behind(desk, before.entity, view, desk.request.headers.get("hx-current-url", ""))
    swimlanes = Swimlanes(board, view.swimlane) if view.swimlane else None
    context = contexts.CardMoved(
        board.card(before.id),
        desk.head(before.entity),
        board.heads((str(before.row.get(field.name)), target)),
        board.totals(),
        swimlanes.heads() if swimlanes else (),
    )
    return desk.render("parts/card_moved.html", context)


def _told(desk: Desk, key: str, **values: str) -> Response:
    """A sentence for the page that stays as it is."""
    return Response(status_code=204, headers={"hx-trigger": json.dumps({"toast": {"text": desk.say(key, **values)}})})
