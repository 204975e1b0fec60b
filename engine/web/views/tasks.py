"""The Tasks page: what a person has to do, checked off and moved to another day in place."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import Any

from starlette.responses import Response

from engine.expressions.types import Kind
from engine.forms import contexts
from engine.forms.contexts import Link
from engine.locale.catalogue import message_text
from engine.locale.formats import zone
from engine.locale.text import Text
from engine.records.errors import Conflict, Invalid, MoveRefused, RecordNotFound, Refused
from engine.schema.task_shapes import TaskShape
from engine.web.desk import Desk, WebRequest
from engine.web.flash import Flash
from engine.web.tasks import WHOSE, days_to, make_tasks, task_row, task_shapes

END_OF_DAY = time(17)


def show_tasks(request: WebRequest) -> Response:
    desk = Desk.of(request)
    who = _who(request.query.get("who", ""))
    heads = [desk.head(desk.workspace.blueprint.entities[shape.entity]) for shape in task_shapes(desk)]
    context = contexts.TasksScreen(
        page=desk.page(desk.say("tasks.title")),
        tabs=tuple(Link(desk.say(f"tasks.{one}"), f"/tasks?who={one}", current=one == who) for one in WHOSE),
        add=tuple(Link(head.label, head.new_url) for head in heads if head.new_url),
        tasks=make_tasks(desk, who),
        lists=tuple(Link(desk.say("tasks.all", entity=desk.inner(head.plural)), head.url, head.icon) for head in heads),
    )
    return desk.render("screens/tasks.html", context)


def check_off(request: WebRequest) -> Response:
    """Done, or not done after all."""
    desk, shape = _shape(request)
    done = request.form.get("done") == "1"
    refusal = _change(desk, shape, {shape.done.name: shape.finished[0] if done else shape.reopened})
    if not request.is_htmx:
        return _back(desk, refusal)
    record = desk.store.get(desk.actor, shape.entity, desk.record_id())
    if request.query.get("place") == "timeline":
        row = contexts.TimelineTask(task_row(desk, shape, record.row), request.csrf_token)
        return _said(desk, desk.render("parts/timeline_task.html", row), refusal)
    part = contexts.TaskPart(task_row(desk, shape, record.row), request.csrf_token, _who(request.form.get("who", "")))
    return _said(desk, desk.render("parts/task.html", part), refusal)


def move_due(request: WebRequest) -> Response:
    """To another day."""
    desk, shape = _shape(request)
    day = days_to(desk).get(request.form.get("to", ""))
    if day is None:
        raise RecordNotFound
    refusal = _change(desk, shape, {shape.due.name: _due(desk, shape, day)})
    if not request.is_htmx:
        return _back(desk, refusal)
    tasks = make_tasks(desk, _who(request.form.get("who", "")))
    return _said(desk, desk.render("parts/tasks.html", contexts.TasksPart(tasks, request.csrf_token)), refusal)


def _who(asked: str) -> str:
    return asked if asked in WHOSE else "mine"


def _shape(request: WebRequest) -> tuple[Desk, TaskShape]:
    desk = Desk.of(request)
    shape = desk.workspace.blueprint.tasks.get(desk.entity().name)
    if shape is None:
        raise RecordNotFound
    return desk, shape


def _due(desk: Desk, shape: TaskShape, day: date) -> Any:
    if shape.due.type.expression_type(shape.due).kind is Kind.DATE:
        return day
    return datetime.combine(day, END_OF_DAY, zone(desk.formats.time_zone)).astimezone(UTC)


def _change(desk: Desk, shape: TaskShape, values: dict[str, Any]) -> Text | None:
    """What stands against it, if anything does. Raises `RecordNotFound`."""
    try:
        desk.store.change(desk.actor, shape.entity, desk.record_id(), values)
    except Refused as refused:
        return refused.message
    except Invalid as invalid:
        return next(iter(invalid.errors.values()))
    except MoveRefused as refused:
        return refused.reason or message_text("tasks.open_it")
    except Conflict:
        return message_text("move.conflict", by="")
    return None


def _back(desk: Desk, refusal: Text | None) -> Response:
    who = _who(desk.request.form.get("who", ""))
    flash = Flash("error.refused", {"reason": desk.text(refusal)}) if refusal else None
    return desk.redirect(f"/tasks?who={who}", flash)


def _said(desk: Desk, response: Response, refusal: Text | None) -> Response:
    if refusal:
        toast = {"text": desk.text(refusal), "kind": "bad"}
        response.headers["hx-trigger"] = json.dumps({"toast": toast})
    return response
