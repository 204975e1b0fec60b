"""Starring a record: a button that turns round at once."""

from __future__ import annotations

from starlette.responses import Response

from engine.forms import contexts
from engine.web.desk import Desk, WebRequest


def set_star(request: WebRequest) -> Response:
    """`on` is 1 to star the record and 0 to take the star away; the answer is the button again."""
    desk = Desk.of(request)
    record = desk.record()
    on = request.form.get("on") == "1"
    desk.shelf.set_star(desk.actor, record.entity.name, record.id, on)
    here = f"/e/{record.entity.name}/{record.id}"
    if not request.is_htmx:
        return desk.redirect(here)
    return desk.render("parts/star.html", contexts.StarButton(here, request.csrf_token, on))
