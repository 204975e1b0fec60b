"""`/search` and the command palette."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.contexts import Link, PaletteGroup
from engine.records.search_words import fold
from engine.web.desk import Desk, WebRequest
from engine.web.finding import actions, found_records, found_views

ON_THE_PAGE, IN_THE_PALETTE = 20, 4
MOST_LINKS = 8


def show_search(request: WebRequest) -> Response:
    """`/search?q=`"""
    desk = Desk.of(request)
    typed = _typed(request)
    title = desk.say("search.title_for", typed=typed) if typed else desk.say("search.title")
    groups = found_records(desk, typed, ON_THE_PAGE) if typed else ()
    views = found_views(desk, typed)[:MOST_LINKS] if typed else ()
    return desk.render("screens/search.html", contexts.SearchScreen(desk.page(title), typed, groups, views))


def show_palette(request: WebRequest) -> Response:
    """`/palette?q=`: what was typed among records, views and actions; before anything is, what was opened last."""
    desk = Desk.of(request)
    typed = _typed(request)
    groups = _matching(desk, typed) if typed else _at_hand(desk)
    shown = tuple(group for group in groups if group.links)
    url = f"/search?q={quote(typed)}" if typed else ""
    return desk.render("parts/palette.html", contexts.Palette(shown, typed, url))


def _typed(request: WebRequest) -> str:
    return request.query.get("q", "").strip()[:200]


def _at_hand(desk: Desk) -> tuple[PaletteGroup, ...]:
    entities = desk.workspace.blueprint.entities
    recent = tuple(
        Link(
            kept.title,
            f"/e/{kept.entity}/{kept.id}",
            entities[kept.entity].icon,
            count=desk.text(entities[kept.entity].plural),
        )
        for kept in desk.shelf.recent(desk.actor, MOST_LINKS)
    )
    return (
        PaletteGroup(desk.say("palette.recent"), recent),
        PaletteGroup(desk.say("palette.actions"), actions(desk, MOST_LINKS // 2)[:MOST_LINKS]),
    )


def _matching(desk: Desk, typed: str) -> tuple[PaletteGroup, ...]:
    records = tuple(
        PaletteGroup(group.label, tuple(Link(hit.title, hit.url, group.icon, count=hit.sub) for hit in group.hits))
        for group in found_records(desk, typed, IN_THE_PALETTE)
    )
    wanted = tuple(link for link in actions(desk) if fold(typed) in fold(link.label))
    return (
        *records,
        PaletteGroup(desk.say("palette.views"), found_views(desk, typed)[:MOST_LINKS]),
        PaletteGroup(desk.say("palette.actions"), wanted[:MOST_LINKS]),
    )
