"""The inbox: mentions, assignments and comments on what a person follows."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import JSONResponse, Response

from engine.forms import contexts
from engine.forms.contexts import Link
from engine.forms.model import may_see
from engine.records import inbox
from engine.records.errors import RecordNotFound
from engine.records.inbox import Notice
from engine.records.paging import BadCursor
from engine.web.desk import Desk, WebRequest
from engine.web.notices import about, notice_rows
from engine.web.titles import titles_of

PAGE = 50
SHOWN = ("unread", "all")


def show_inbox(request: WebRequest) -> Response:
    """Statements: the page, the names in comments, and one for each entity the notices tell of."""
    desk = Desk.of(request)
    show = request.query.get("show", "unread")
    show = show if show in SHOWN else "unread"
    notices, after = _page(desk, show == "unread", request.query.get("after"))
    page = desk.page(desk.say("inbox.title"))
    context = contexts.InboxScreen(
        page=page,
        tabs=tuple(Link(desk.say(f"inbox.{one}"), f"/inbox?show={one}", current=one == show) for one in SHOWN),
        rows=notice_rows(desk, notices),
        show=show,
        unread=page.unread,
        earlier_url=f"/inbox?show={show}&after={after}" if after else "",
    )
    return desk.render("screens/inbox.html", context)


def open_notice(request: WebRequest) -> Response:
    """Read it, and go to what it tells of."""
    desk = Desk.of(request)
    notice = _notice(desk)
    _mark(desk, [notice.id])
    if notice.audit_id is not None:
        return desk.redirect("/audit" if desk.workspace.policy.is_admin(desk.actor) else "/profile")
    if notice.operation is not None and notice.actor:
        return desk.redirect(_mine(desk, notice.entity))
    if notice.operation is not None:
        return desk.redirect(f"/operations/{notice.operation.id}")
    if not titles_of(desk, [about(notice)]):
        return desk.redirect("/inbox")
    place = f"#comment-{notice.comment_id}" if notice.comment_id else ""
    return desk.redirect(f"/e/{notice.entity}/{notice.record_id}{place}")


def _mine(desk: Desk, entity: str) -> str:
    """The person's records of an entity, in a list that leaves out as little as can be."""
    if not desk.may_visit(entity):
        return "/inbox"
    views = desk.workspace.blueprint.screens.views[entity].values()
    whole = (view for view in views if view.kind == "list" and view.query.filter is None)
    view = next((view for view in whole if may_see(view, desk.actor.roles)), None)
    return f"/e/{entity}{f'/v/{view.name}' if view else ''}?f=owner:is_me"


def read_notice(request: WebRequest) -> Response:
    desk = Desk.of(request)
    notice = _notice(desk)
    _mark(desk, [notice.id])
    if not request.is_htmx:
        return desk.redirect("/inbox")
    row = contexts.NoticePart(notice_rows(desk, [_notice(desk)])[0], request.csrf_token)
    response = desk.render("parts/notice.html", row)
    with desk.store.reading() as connection:
        unread = inbox.count(connection, _me(desk))
    response.headers["hx-trigger"] = json.dumps({"unread": {"count": unread}})
    return response


def read_all(request: WebRequest) -> Response:
    desk = Desk.of(request)
    _mark(desk, None)
    return desk.redirect("/inbox")


def count_unread(request: WebRequest) -> Response:
    """For the badge: how many are unread, and what is said of the newest when it is newer than `since`."""
    desk = Desk.of(request)
    with desk.store.reading() as connection:
        newest, _ = inbox.page(connection, desk.store.model, _me(desk), True, 1)
        unread = inbox.count(connection, _me(desk))
    since = request.query.get("since", "")
    known = int(since) if since.isascii() and since.isdigit() and len(since) < 17 else None
    answer: dict[str, Any] = {"unread": unread, "newest": str(newest[0].id) if newest else "0"}
    if newest and known is not None and newest[0].id > known:
        (row,) = notice_rows(desk, newest)
        answer["text"] = row.text
    return JSONResponse(answer)


def _me(desk: Desk) -> int:
    return desk.actor.user_id or 0


def _page(desk: Desk, unread: bool, after: str | None) -> tuple[list[Notice], str | None]:
    with desk.store.reading() as connection:
        try:
            return inbox.page(connection, desk.store.model, _me(desk), unread, PAGE, after)
        except BadCursor:
            return inbox.page(connection, desk.store.model, _me(desk), unread, PAGE)


def _notice(desk: Desk) -> Notice:
    """The notice of the address, one of the person's own. Raises `RecordNotFound`."""
    text = desk.request.path_params["notice"]
    if not text.isascii() or not text.isdigit() or len(text) > 16:
        raise RecordNotFound
    with desk.store.reading() as connection:
        notice = inbox.one(connection, desk.store.model, _me(desk), int(text))
    if notice is None:
        raise RecordNotFound
    return notice


def _mark(desk: Desk, ids: list[int] | None) -> None:
    with desk.request.services.database.write() as connection:
        inbox.mark_read(connection, _me(desk), desk.store.moment(desk.actor).now, ids)
