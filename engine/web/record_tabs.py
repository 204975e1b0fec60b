"""The tabs of a record's page: `?tab=<id>`, else the one this browser had open last for the entity."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from starlette.responses import Response

from engine.forms.contexts import Link
from engine.forms.model import RecordScreen
from engine.records.model import Record
from engine.web.desk import Desk
from engine.web.page_query import page_query
from engine.web.security import cookie_name, set_cookie

COOKIE = "crm_tabs"
RELATED = "related"
"""The tab of the related lists that no section holds."""
MOST = 20
SECONDS = 180 * 86400


def tab_ids(screen: RecordScreen) -> tuple[str, ...]:
    """The tabs of a page; none for a form without."""
    own = tuple(tab.id for tab in screen.form.tabs)
    return (*own, RELATED) if own and screen.related else own


def open_tab(desk: Desk, screen: RecordScreen) -> str:
    """The id of the tab that is open; empty when there are none."""
    ids = tab_ids(screen)
    asked = (page_query(desk).get("tab"), _remembered(desk).get(screen.entity))
    return next((tab for tab in asked if tab in ids), ids[0]) if ids else ""


def tab_links(desk: Desk, record: Record, screen: RecordScreen) -> tuple[Link, ...]:
    here, current = f"/e/{record.entity.name}/{record.id}", open_tab(desk, screen)
    others = [(name, value) for name, value in page_query(desk).multi_items() if name != "tab"]
    labels = {tab.id: desk.text(tab.label) for tab in screen.form.tabs} | {RELATED: desk.say("record.related")}
    return tuple(
        Link(labels[tab], f"{here}?{urlencode([*others, ('tab', tab)])}", current=tab == current)
        for tab in tab_ids(screen)
    )


def remember_tab(desk: Desk, screen: RecordScreen, response: Response) -> None:
    """The tab that was asked for is open the next time a record of this entity is."""
    asked = desk.request.query.get("tab")
    remembered = _remembered(desk)
    if asked in tab_ids(screen) and remembered.get(screen.entity) != asked:
        kept = {screen.entity: asked, **{name: tab for name, tab in remembered.items() if name != screen.entity}}
        set_cookie(response, COOKIE, urlencode(list(kept.items())[:MOST]), desk.request.secure, SECONDS)


def _remembered(desk: Desk) -> dict[str, str]:
    return dict(parse_qsl(desk.request.cookies.get(cookie_name(COOKIE, desk.request.secure), "")))
