"""The side of a record's page: the composer, the timeline, the history, and who follows the record."""

from __future__ import annotations

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.contexts import Link
from engine.forms.marks import person_mark
from engine.records import comments, follows
from engine.records.model import Record
from engine.web.composer import Written, make_composer
from engine.web.desk import Desk, WebRequest
from engine.web.history import history_entries
from engine.web.timeline import beginning, make_timeline, show_of

MOST_MARKS = 4


def show_activity(request: WebRequest) -> Response:
    """The side as a fragment; as a page of its own for browsers without script."""
    desk = Desk.of(request)
    return activity_answer(desk, desk.record())


def activity_answer(desk: Desk, record: Record, written: Written = Written(), status: int = 200) -> Response:
    activity = _activity(desk, record, written)
    if desk.request.is_htmx:
        return desk.render("parts/activity.html", contexts.ActivityPart(activity), status)
    head, title = desk.head(record.entity), desk.say("activity.of", title=record.title)
    crumbs = (Link(head.plural, head.url, head.icon), Link(record.title, f"{head.url}/{record.id}"), Link(title, ""))
    return desk.render(
        "screens/activity.html", contexts.ActivityScreen(desk.page(title), title, crumbs, activity), status
    )


def show_timeline(request: WebRequest) -> Response:
    """One tab of the timeline, or what is older than `after`."""
    desk = Desk.of(request)
    record = desk.record()
    if not request.is_htmx:
        return activity_answer(desk, record)
    timeline = make_timeline(desk, record, show_of(desk), beginning(desk, record))
    template = "parts/timeline_page.html" if request.query.get("after") else "parts/timeline.html"
    return desk.render(template, contexts.TimelinePart(timeline, request.csrf_token))


def show_history(request: WebRequest) -> Response:
    """Who changed what and when, newest first."""
    desk = Desk.of(request)
    entity, record_id = desk.entity(), desk.record_id()
    entries = desk.store.history(desk.actor, entity.name, record_id)
    return desk.render("parts/history.html", contexts.History(history_entries(desk, entity, record_id, entries)))


def follow(request: WebRequest) -> Response:
    """Hear of a record from now on, or no more."""
    desk = Desk.of(request)
    record = desk.record()
    with desk.store.begin(desk.actor, "ui") as write:
        write.follow(record.entity.name, record.id, request.form.get("following") == "1")
    if not request.is_htmx:
        return desk.redirect(f"/e/{record.entity.name}/{record.id}/activity")
    return desk.render("parts/follow.html", _follow(desk, record))


def _follow(desk: Desk, record: Record) -> contexts.Follow:
    with desk.store.reading() as connection:
        hearing = follows.followers(connection, record.entity.name, record.id, record.row.get("owner"))
        names = comments.names(connection, desk.store.model, sorted(hearing - {desk.actor.user_id or 0}))
    return contexts.Follow(
        csrf=desk.request.csrf_token,
        follow_url=f"/e/{record.entity.name}/{record.id}/follow",
        following=desk.actor.user_id in hearing,
        others=tuple(person_mark(name) for name in names.values())[:MOST_MARKS],
        who=desk.say("activity.followers", count=len(names)) if names else "",
    )


def _activity(desk: Desk, record: Record, written: Written) -> contexts.Activity:
    deleted = record.row.get("deleted_at") is not None
    return contexts.Activity(
        timeline=make_timeline(desk, record, show_of(desk), beginning(desk, record)),
        composer=None if deleted else make_composer(desk, record, written),
        follow=_follow(desk, record),
        csrf=desk.request.csrf_token,
    )
