"""`/e/<entity>` and its views: finds the view and lets its kind show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.responses import PlainTextResponse, RedirectResponse, Response

from engine.forms import filter_form
from engine.forms.filters import parse_filters
from engine.records.query import PageRequest
from engine.schema.model import Entity
from engine.web.conditions import conditions_of
from engine.web.desk import Desk, WebRequest
from engine.web.view_opening import open_view
from engine.web.views.boards import show_board
from engine.web.views.calendars import show_calendar
from engine.web.views.galleries import show_gallery
from engine.web.views.lists import show_list
from engine.web.views.pivots import show_pivot
from engine.web.views.trees import show_tree

SHOWN: Mapping[str, Callable[[Desk, Entity, Any], Response]] = {
    "list": show_list,
    "board": show_board,
    "calendar": show_calendar,
    "gallery": show_gallery,
    "tree": show_tree,
    "pivot": show_pivot,
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


def count_view(request: WebRequest) -> Response:
    """How many records a view has under the filters of the address: the words of the panel's button."""
    desk = Desk.of(request)
    entity = desk.entity()
    desk, view = open_view(desk, entity)
    filters, _ = parse_filters(request.query.getlist("f"), entity, desk.formats)
    asked = PageRequest(conditions_of(filters), search=request.query.get("q", "").strip()[:200])
    found = desk.store.aggregate(desk.actor, view.query, asked)
    return PlainTextResponse(desk.say("filter.show", count=found.count))
