"""`/e/<entity>` and its views: finds the view and lets its kind show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from engine.forms import filter_form
from engine.schema.model import Entity
from engine.web.desk import Desk, WebRequest
from engine.web.view_opening import open_view
from engine.web.views.boards import show_board
from engine.web.views.lists import show_list

SHOWN: Mapping[str, Callable[[Desk, Entity, Any], Response]] = {
    "list": show_list,
    "board": show_board,
}
"""Kind of view to what answers for it."""


def show_view(request: WebRequest) -> Response:
    """`/e/<entity>` and `/e/<entity>/v/<view>`."""
    desk = Desk.of(request)
    entity = desk.entity()
    desk, view = open_view(desk, entity)
    if filter_form.panel_posted(request.query.multi_items()):
        query = urlencode(filter_form.canonical(request.query.multi_items()))
        return RedirectResponse(f"{request.path}?{query}" if query else desk.blank_address, status_code=303)
    return SHOWN[view.kind](desk, entity, view)
