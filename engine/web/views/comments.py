"""Comments: written, changed and taken back, by those who may read the record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from starlette.responses import Response

from engine.forms import contexts
from engine.locale.text import Text
from engine.records import comments
from engine.records.comments import Comment, Draft
from engine.records.errors import Invalid, RecordNotFound
from engine.records.model import Record
from engine.schema.mentions import mentioned, with_names
from engine.schema.model import Field
from engine.schema.task_shapes import TaskShape
from engine.web.composer import Written, make_composer, read_written
from engine.web.desk import Desk, WebRequest
from engine.web.record_tasks import new_task_shape
from engine.web.task_form import PREFIX, full_form, read_task, task_fields, task_values
from engine.web.timeline import make_timeline, said_context
from engine.web.views.activity import activity_answer


def add_comment(request: WebRequest) -> Response:
    """Post what was written in the composer; refused, it comes back as it was typed."""
    desk = Desk.of(request)
    record = desk.record()
    written, draft = read_written(desk)
    made = new_task_shape(desk, record) if written.kind == "task" else None
    if made:
        return _add_task(desk, record, written, *made)
    try:
        if written.errors:
            raise Invalid(written.errors)
        with desk.store.begin(desk.actor, "ui") as write:
            comment_id = write.comment(record.entity.name, record.id, draft)
    except Invalid as invalid:
        return _refused(desk, record, replace(written, errors=invalid.errors))
    return _posted(desk, record, written.kind, f"#comment-{comment_id}")


def _add_task(desk: Desk, record: Record, written: Written, shape: TaskShape, link: Field) -> Response:
    """A task about the record; what the composer cannot ask for is asked by the full form."""
    entity, bound = desk.workspace.blueprint.entities[shape.entity], read_task(desk, shape, link)
    values = task_values(desk, record, shape, link, written.body, bound)
    errors: Mapping[str, Text] = bound.errors
    if not errors:
        try:
            desk.store.create(desk.actor, entity.name, values)
            return _posted(desk, record, written.kind, "")
        except Invalid as invalid:
            errors = invalid.errors
    here = {field.name for field in task_fields(desk, shape, link)} | {entity.title}
    if not here.issuperset(errors):
        return desk.redirect(f"/e/{entity.name}/new?{urlencode(full_form(desk, shape, values))}")
    told = {"body" if name == entity.title else f"{PREFIX}{name}": text for name, text in errors.items()}
    return _refused(desk, record, replace(written, task=bound, errors=told))


def _refused(desk: Desk, record: Record, written: Written) -> Response:
    if not desk.request.is_htmx:
        return activity_answer(desk, record, written, 422)
    part = contexts.ComposerPart(make_composer(desk, record, written), desk.request.csrf_token)
    return desk.render("parts/composer.html", part, 422)


def _posted(desk: Desk, record: Record, kind: str, place: str) -> Response:
    if not desk.request.is_htmx:
        return desk.redirect(f"/e/{record.entity.name}/{record.id}/activity{place}")
    composer, timeline = make_composer(desk, record, Written(kind)), make_timeline(desk, record)
    return desk.render("parts/posted.html", contexts.Posted(timeline, composer, desk.request.csrf_token))


def show_comment(request: WebRequest) -> Response:
    """One comment again; without script, the record it is about."""
    desk, said = _found(request)
    if not request.is_htmx:
        return desk.redirect(_place(said))
    return _shown(desk, said)


def edit_comment(request: WebRequest) -> Response:
    desk, said = _found(request)
    if said.author_id != desk.actor.user_id:
        raise RecordNotFound
    return _editor(desk, said, with_names(said.body, _names(desk, said)))


def save_comment(request: WebRequest) -> Response:
    desk, said = _found(request)
    _, picked = read_written(desk)
    draft = Draft(picked.body, said.kind, said.occurred_at, said.minutes, picked.picked)
    try:
        with desk.store.begin(desk.actor, "ui") as write:
            write.edit_comment(said.id, draft)
    except Invalid as invalid:
        return _editor(desk, said, draft.body, desk.text(next(iter(invalid.errors.values()))), 422)
    if not request.is_htmx:
        return desk.redirect(_place(said))
    with desk.store.reading() as connection:
        return _shown(desk, comments.one(connection, desk.store.model, said.id))


def delete_comment(request: WebRequest) -> Response:
    """Take a comment back; the toast offers it again."""
    desk, said = _found(request)
    with desk.store.begin(desk.actor, "ui") as write:
        write.delete_comment(said.id)
    if not request.is_htmx:
        return desk.redirect(f"/e/{said.entity}/{said.record_id}/activity")
    toast = {"text": desk.say("timeline.deleted"), "undo": f"/comments/{said.id}/restore"}
    return Response(headers={"hx-trigger": json.dumps({"toast": toast})})


def restore_comment(request: WebRequest) -> Response:
    desk = Desk.of(request)
    with desk.store.begin(desk.actor, "ui") as write:
        write.restore_comment(_id(request))
    _, said = _found(request)
    return desk.redirect(_place(said))


def _place(said: Comment) -> str:
    return f"/e/{said.entity}/{said.record_id}#comment-{said.id}"


def _found(request: WebRequest) -> tuple[Desk, Comment]:
    """A comment on a record the actor may read. Raises `RecordNotFound`."""
    desk = Desk.of(request)
    with desk.store.reading() as connection:
        said = comments.one(connection, desk.store.model, _id(request))
    if said.entity not in desk.workspace.blueprint.entities:
        raise RecordNotFound
    desk.store.get(desk.actor, said.entity, said.record_id)
    return desk, said


def _id(request: WebRequest) -> int:
    text = request.path_params["comment"]
    if not text.isascii() or not text.isdigit() or len(text) > 16:
        raise RecordNotFound
    return int(text)


def _names(desk: Desk, said: Comment) -> dict[int, str]:
    with desk.store.reading() as connection:
        return comments.names(connection, desk.store.model, mentioned(said.body))


def _shown(desk: Desk, said: Comment) -> Response:
    part = contexts.SaidPart(said_context(desk, said, _names(desk, said)), desk.request.csrf_token)
    return desk.render("parts/comment.html", part)


def _editor(desk: Desk, said: Comment, body: str, error: str = "", status: int = 200) -> Response:
    url, token = f"/comments/{said.id}", desk.request.csrf_token
    if desk.request.is_htmx:
        return desk.render(
            "parts/comment_edit.html", contexts.CommentEditor(url, token, str(said.id), body, error), status
        )
    page = desk.page(desk.say("timeline.edit_label"))
    return desk.render(
        "screens/comment.html", contexts.CommentScreen(page, url, token, str(said.id), body, error), status
    )
