"""Moving a record to another stage: from the path, the board, a menu; refused moves say why and ask for what lacks."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.binding import Bound, bind, gathered
from engine.forms.contexts import Choice, Move
from engine.forms.controls import Filled
from engine.forms.model import BoardScreen
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Conflict, Invalid, MoveRefused, RecordNotFound
from engine.records.model import Record
from engine.records.query import PageRequest
from engine.schema.model import Field, Pipeline
from engine.web.desk import Desk, WebRequest
from engine.web.flash import Flash
from engine.web.views.boards import Board
from engine.web.views.records import record_context


def move_record(request: WebRequest) -> Response:
    """Write the stage and the answers that came with it."""
    desk = Desk.of(request)
    record = desk.record()
    field, pipeline = _stage(desk, record)
    target = request.form.get("stage", "")
    if target not in pipeline.stages:
        raise RecordNotFound
    asked = [f for f in record.entity.declared if f.name in request.form and f.name != field.name]
    bound = bind(asked, gathered(request.form.multi_items()), desk.formats)
    if bound.errors:
        return _refused(desk, record, pipeline, target, tuple(bound.typed), bound, ())
    values = {**bound.values, field.name: target}
    try:
        desk.store.change(desk.actor, record.entity.name, record.id, values, desk.version())
    except MoveRefused as refused:
        reasons = (refused.reason,) if refused.reason else ()
        return _refused(desk, record, pipeline, target, refused.missing, bound, reasons)
    except Invalid as invalid:
        return _invalid(desk, record, pipeline, target, bound, invalid)
    except Conflict:
        return _refused(desk, record, pipeline, target, (), bound, (_conflicting(desk, record),))
    return _moved(desk, record, pipeline, target)


def _stage(desk: Desk, record: Record) -> tuple[Field, Pipeline]:
    field = record.entity.stage_field
    pipeline = desk.store.model.pipeline_of(field) if field else None
    if field is None or pipeline is None:
        raise RecordNotFound
    return field, pipeline


def _conflicting(desk: Desk, record: Record) -> Text:
    return message_text("move.conflict", by=str(record.row.get("updated_by__title") or ""))


def _invalid(desk: Desk, record: Record, pipeline: Pipeline, target: str, bound: Bound, invalid: Invalid) -> Response:
    """Rules of the record that do not hold in the new stage: ask for the fields, say the rest."""
    fields = tuple(name for name in invalid.errors if name in record.entity.fields)
    reasons = tuple(text for name, text in invalid.errors.items() if name not in fields)
    errors = Bound(bound.values, {name: invalid.errors[name] for name in fields}, bound.typed)
    return _refused(desk, record, pipeline, target, fields, errors, reasons)


def _refused(
    desk: Desk,
    record: Record,
    pipeline: Pipeline,
    target: str,
    asked: tuple[str, ...],
    bound: Bound,
    reasons: tuple[Text, ...],
) -> Response:
    filled = Filled(record.row, bound.typed, bound.errors, {})
    names = dict.fromkeys((*bound.typed, *asked))
    maker = replace(desk.controls, mark="m-")
    controls = tuple(maker.control(record.entity.fields[name], filled, required=True) for name in names)
    place = "board" if desk.request.form.get("place") == "board" else "record"
    here = f"/e/{record.entity.name}/{record.id}"
    move = Move(
        url=f"{here}/stage",
        csrf=desk.request.csrf_token,
        version=str(record.version),
        place=place,  # type: ignore[arg-type]
        id=str(record.id),
        title=record.title,
        source=_choice(desk, pipeline, str(record.row.get(pipeline.field))),
        target=_choice(desk, pipeline, target),
        reasons=tuple(desk.text(reason) for reason in reasons),
        controls=controls,
        cancel_url=here,
    )
    if desk.request.is_htmx:
        return desk.render("parts/move.html", contexts.MoveDialog(move), 422)
    return desk.render("screens/move.html", contexts.MoveScreen(desk.page(record.title), move), 422)


def _choice(desk: Desk, pipeline: Pipeline, key: str) -> Choice:
    stage = pipeline.stages.get(key)
    return Choice(key, desk.text(stage.label), stage.hue) if stage else Choice(key, key, "gray")


def _moved(desk: Desk, before: Record, pipeline: Pipeline, target: str) -> Response:
    record = desk.store.get(desk.actor, before.entity.name, before.id)
    if not desk.request.is_htmx:
        stage = desk.text(pipeline.stages[target].label)
        return desk.redirect(f"/e/{record.entity.name}/{record.id}", Flash("record.moved", {"stage": stage}))
    if desk.request.form.get("place") != "board":
        return desk.render("parts/record.html", record_context(desk, record))
    view = _board(desk, record, pipeline)
    board = Board(desk, record.entity, view, PageRequest())
    touched = (str(before.row.get(pipeline.field)), target)
    context = contexts.CardMoved(board.card(record.row), desk.head(record.entity), board.heads(touched), board.totals())
    return desk.render("parts/card_moved.html", context)


def _board(desk: Desk, record: Record, pipeline: Pipeline) -> BoardScreen:
    """The board the move came from: the first one whose lanes are this pipeline's stages."""
    views = desk.workspace.blueprint.screens.views[record.entity.name].values()
    boards = [view for view in views if isinstance(view, BoardScreen) and view.by.name == pipeline.field]
    if not boards:
        raise RecordNotFound
    return boards[0]
