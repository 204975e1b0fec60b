"""A gallery: cards of records with their marks and facts, more of them on demand."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from engine.forms import contexts
from engine.forms.colours import hue_by
from engine.forms.contexts import GalleryCard, SortChoice
from engine.forms.file_items import cover_url
from engine.forms.filters import parse_filters, parse_sort
from engine.forms.marks import record_mark
from engine.forms.model import Column, GalleryScreen
from engine.forms.values import value_of
from engine.records.model import Row
from engine.records.paging import BadCursor
from engine.records.query import PageRequest
from engine.schema.model import Entity, Sort
from engine.web.columns import address, column_head
from engine.web.conditions import conditions_of
from engine.web.desk import Desk
from engine.web.filter_panel import filter_panel
from engine.web.list_place import place_query
from engine.web.view_switch import COUNT_LIMIT, counted_queries, layouts, view_tabs

CARDS = 48


def show_gallery(desk: Desk, entity: Entity, view: GalleryScreen) -> Response:
    """`parts/gallery_cards.html` alone where the page asks for more."""
    query = desk.request.query
    filters, unread = parse_filters(query.getlist("f"), entity, desk.formats)
    sort, unsorted = parse_sort(query.get("sort", ""), entity)
    conditions = conditions_of(filters)
    search = query.get("q", "").strip()[:200]
    request = PageRequest(conditions, sort, search, after=query.get("after"), limit=CARDS)
    try:
        page = desk.store.list(desk.actor, view.query, request)
    except BadCursor:
        return RedirectResponse(address(desk, after=None), status_code=303)
    cards = tuple(_card(desk, entity, view, row) for row in page.rows)
    next_url = address(desk, after=page.after) if page.after else ""
    if desk.request.is_htmx and request.after:
        return desk.render("parts/gallery_cards.html", contexts.GalleryCards(cards, next_url))
    counts = desk.store.counts(desk.actor, list(counted_queries(desk, entity).values()), COUNT_LIMIT)
    context = contexts.GalleryScreen(
        page=desk.page(f"{desk.text(view.label)} · {desk.text(entity.plural)}"),
        entity=desk.head(entity),
        views=view_tabs(desk, entity, view, counts),
        layouts=layouts(desk, entity, view),
        filters=filter_panel(desk, entity, filters, clear_url=address(desk, f=None, q=None) if filters else ""),
        sorts=tuple(_sort(desk, view, number, sort) for number in range(len(view.card))),
        search=search,
        size=view.size,
        cards=cards,
        next_url=next_url,
        notes=tuple(desk.text(note) for note in (*unread, *unsorted)),
    )
    return desk.render("screens/gallery.html", context)


def _card(desk: Desk, entity: Entity, view: GalleryScreen, row: Row) -> GalleryCard:
    title = str(row.get(entity.title) or f"#{row['id']}")
    values = [(column, value_of(column.field, row, desk.formats, short=True)) for column in view.card]
    facts = [(desk.text(c.label), value) for c, value in values if value.text and _is_fact(entity, c)]
    option = view.colour.option(str(row.get(view.colour.name))) if view.colour else None
    return GalleryCard(
        id=str(row["id"]),
        title=title,
        url=f"/e/{entity.name}/{row['id']}{place_query(desk, view)}",
        mark=record_mark(title),
        hue=hue_by(view.colours, row) or (option.hue if option else ""),
        picture=cover_url(entity, row),
        facts=tuple(facts),
    )


def _is_fact(entity: Entity, column: Column) -> bool:
    """Title and picture have places of their own on the card."""
    return column.field.name != entity.title and not column.field.type.cover


def _sort(desk: Desk, view: GalleryScreen, number: int, sort: tuple[Sort, ...]) -> SortChoice:
    active = (sort or view.query.sort or (None,))[0]
    head = column_head(desk, view.card[number], active)
    return SortChoice(head.label, view.card[number].field.type.icon, head.sort_url, head.sorted)
