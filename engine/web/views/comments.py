"""Comments: written, changed and taken back, by those who may read the record."""

from __future__ import annotations

import json
from dataclasses import replace

from starlette.responses import Response

from engine.forms import contexts
from engine.records import comments
from engine.records.comments import Comment, Draft
from engine.records.errors import Invalid, RecordNotFound
from engine.schema.mentions import mentioned, with_names
from engine.web.composer import make_composer, read_written
from engine.web.desk import Desk, WebRequest
from engine.web.timeline import make_timeline, said_context
from engine.web.views.activity import activity_answer


def add_comment(request: WebRequest) -> Response:
    """Post what was written in the composer; refused, it comes back as it was typed."""
    desk = Desk.of(request)
    record = desk.record()
    written, draft = read_written(desk)
    try:
        if written.errors:
            raise Invalid(written.errors)
        with desk.store.begin(desk.actor, "ui") as write:
            comment_id = write.comment(record.entity.name, record.id, draft)
    except Invalid as invalid:
        refused = replace(written, errors=invalid.errors)
        if not request.is_htmx:
            return activity_answer(desk, record, refused, 422)
        part = contexts.ComposerPart(make_composer(desk, record, refused), request.csrf_token)
        return desk.render("parts/composer.html", part, 422)
    if not request.is_htmx:
        return desk.redirect(f"/e/{record.entity.name}/{record.id}/activity#comment-{comment_id}")
    composer = make_composer(desk, record, replace(type(written)(), kind=written.kind))
    return desk.render("parts/posted.html", contexts.Posted(make_timeline(desk, record), composer, request.csrf_token))


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
