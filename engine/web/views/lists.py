"""A list: view tabs, filters, sort, columns, pages by key, and the sums below."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError
from starlette.responses import RedirectResponse, Response

from engine.forms import contexts
from engine.forms.columns import query_fields
from engine.forms.contexts import NO_HTML, ColumnHead, FilterPanel, Pager, SortChoice, Total
from engine.forms.list_rows import rows_of
from engine.forms.model import Column, ListScreen
from engine.records.errors import RecordNotFound
from engine.records.page import Page
from engine.records.paging import BadCursor
from engine.records.query import PageRequest
from engine.records.totals import Aggregate
from engine.schema.model import Entity, Sort
from engine.templating import Html
from engine.web.asked_list import Asked, asked_of
from engine.web.bulk_acts import bulk_acts
from engine.web.column_menu import column_menu
from engine.web.columns import address, column_head
from engine.web.desk import Desk
from engine.web.filter_panel import filter_panel
from engine.web.list_columns import table_layout
from engine.web.list_groups import GroupedList, group_menu, group_of
from engine.web.list_place import place_query
from engine.web.list_totals import totals_of
from engine.web.starred import star_switch
from engine.web.view_switch import COUNT_LIMIT, counted_queries, layouts, view_tabs
from engine.web.views.peeks import draw, peek_beside, peek_url, send_peek, wants_peek

PAGE_SIZE = 50
_log = logging.getLogger("engine.web")


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of a list: its totals, how many records the tabs have, how many filters leave out."""

    totals: Aggregate
    counts: Sequence[int]
    outside: int = 0


def show_list(desk: Desk, entity: Entity, view: ListScreen) -> Response:
    """One of its regions alone where the page asks for that: the list, the peek, the column menu, the filter panel."""
    if wants_peek(desk):
        return send_peek(desk, entity)
    asked = asked_of(desk, entity, view)
    if _wants(desk, "columns"):
        menu = column_menu(desk, entity, view, asked.arranged)
        return desk.render("parts/column_menu.html", contexts.ColumnMenuRegion(menu))
    if _wants(desk, "groups"):
        return desk.render(
            "parts/group_menu.html", contexts.GroupMenuRegion(group_menu(desk, entity, view, asked.group))
        )
    if _wants(desk, "filter"):
        region = contexts.FilterRegion(
            desk.head(entity), replace(_filters(desk, entity, asked, lazy=False), open=False)
        )
        return desk.render("parts/filter_panel.html", region)
    shown = (*(column.field for column in asked.columns), *((asked.group.field,) if asked.group else ()))
    query = replace(view.query, fields=query_fields(entity, *shown))
    request = PageRequest(
        conditions=asked.conditions,
        sort=asked.sort,
        search=asked.search,
        after=desk.request.query.get("after"),
        before=desk.request.query.get("before"),
        limit=PAGE_SIZE,
        group=group_of(asked.group, asked.sort or view.query.sort),
    )
    status = 200
    try:
        page = desk.store.list(desk.actor, query, request)
        if not page.rows and (request.after or request.before):
            return _first_page(desk)
        context = _context(desk, entity, view, asked, request, page, _counted(desk, entity, view, asked, request, page))
    except BadCursor:
        return _first_page(desk)
    except DBAPIError:
        context, status = _unread(desk, entity, view, asked), 503
    return desk.render("parts/list.html" if _wants(desk, "list") else "screens/list.html", context, status)


class ListFoot(NamedTuple):
    """What stands below a list: the sums of its columns, and below the title column how many records there are."""

    totals: tuple[Total, ...] = ()
    first: str = ""
    counted: str = ""


def list_foot(desk: Desk, entity: Entity, view: ListScreen) -> ListFoot:
    """The sums and the count of a list, without its rows: one statement, none where nothing is added up."""
    asked = asked_of(desk, entity, view)
    summed = [column for column in asked.columns if column.total]
    if not summed and not asked.conditions and view.query.filter is None:
        return ListFoot()
    request = PageRequest(conditions=asked.conditions, search=asked.search)
    found = desk.store.aggregate(desk.actor, view.query, request, totals_of(summed))
    heads = [column_head(desk, column, None, found) for column in summed]
    totals = tuple(Total(head.name, head.total_label, head.total, head.numeric) for head in heads)
    return ListFoot(totals, entity.title, desk.say("list.count", count=found.count))


def _wants(desk: Desk, region: str) -> bool:
    """Whether the page asks for the region with this id alone."""
    return desk.request.is_htmx and desk.request.headers.get("hx-target", "").endswith(region)


def _unread(desk: Desk, entity: Entity, view: ListScreen, asked: Asked) -> contexts.ListScreen:
    """The page around a list that the database could not give: logged in full, told with a reference."""
    reference = desk.request.reference
    _log.exception("the list %s could not be read, reference %s", desk.request.path, reference)
    nothing = Counted(Aggregate(0, {}), [0] * len(counted_queries(desk, entity)))
    asked = replace(asked, filters=())
    context = _context(desk, entity, view, asked, PageRequest(), Page((), None, None), nothing)
    return replace(context, state="error", reference=reference)


def _first_page(desk: Desk) -> Response:
    """Where a cursor leads that is none, or behind which nothing is left."""
    return RedirectResponse(address(desk, after=None, before=None), status_code=303)


def _counted(desk: Desk, entity: Entity, view: ListScreen, asked: Asked, request: PageRequest, page: Page) -> Counted:
    """Every number of the page in one statement. Where nothing is shown, the view without filters is counted."""
    nothing = not page.rows
    sums = [] if nothing else totals_of(asked.columns)
    others = list(counted_queries(desk, entity).values())
    totals, counts = desk.store.aggregate_with_counts(
        desk.actor, view.query, PageRequest() if nothing else request, sums, others, COUNT_LIMIT
    )
    return Counted(Aggregate(0, {}), counts, outside=totals.count) if nothing else Counted(totals, counts)


def _context(
    desk: Desk, entity: Entity, view: ListScreen, asked: Asked, request: PageRequest, page: Page, counted: Counted
) -> contexts.ListScreen:
    head, totals = desk.head(entity), counted.totals
    narrowed = bool(asked.conditions or asked.search)
    state = "rows" if page.rows else ("nothing" if narrowed or any(counted.counts) else "empty")
    writable = not desk.workspace.policy.grant(desk.actor, "update", entity.name).nothing
    rows = rows_of(entity, asked.columns, desk.formats, writable=writable, selectable=True, colours=view.colours)
    peek, opened, gone = _peek(desk, entity, page)
    drawn = partial(rows.render, place=place_query(desk, view), peek=peek_url(desk), opened=opened)
    grouped = GroupedList(desk, asked.group, asked.columns, page, view.query, request) if asked.group else None
    return contexts.ListScreen(
        page=desk.page(f"{desk.text(view.label)} · {head.plural}"),
        entity=head,
        views=view_tabs(desk, entity, view, counted.counts),
        layouts=layouts(desk, entity, view),
        filters=_filters(desk, entity, asked),
        sorts=_sort_choices(desk, asked, view),
        columns_menu=column_menu(desk, entity, view, asked.arranged)
        if desk.request.query.get("columns") == "open"
        else None,
        columns_url=address(desk, columns="open"),
        filter_url=address(desk, panel="1"),
        search=asked.search,
        heads=_heads(desk, asked, view, totals),
        rows=NO_HTML if grouped else drawn(page.rows),
        count_text=desk.say("list.count", count=totals.count),
        pager=_pager(desk, page, totals),
        state=state,  # type: ignore[arg-type]
        outside=counted.outside,
        starred=star_switch(desk),
        notes=(*asked.notes, *gone),
        peek=peek,
        total=totals.count,
        first_page=page.before is None,
        selectable=True,
        staged=entity.stage_field is not None,
        tinted=bool(view.colours),
        grouped=grouped.label if grouped else "",
        groups=grouped.sections(drawn) if grouped else (),
        group_span=grouped.span if grouped else 0,
        group_url=address(desk, groups="open"),
        group_menu=group_menu(desk, entity, view, asked.group) if desk.request.query.get("groups") == "open" else None,
        layout=table_layout(entity, view, asked.arranged),
        bulk=bulk_acts(desk, entity),
    )


def _peek(desk: Desk, entity: Entity, page: Page) -> tuple[Html, int, tuple[str, ...]]:
    """The peek, the id of its record, and a note where that is not to be seen."""
    try:
        return *peek_beside(desk, entity, page.rows), ()
    except RecordNotFound:
        return draw(desk, None), 0, (desk.say("peek.missing"),)


def _filters(desk: Desk, entity: Entity, asked: Asked, lazy: bool = True) -> FilterPanel:
    clear_url = address(desk, f=None, q=None, starred=None) if asked.conditions or asked.search else ""
    return filter_panel(desk, entity, asked.filters, clear_url=clear_url, lazy=lazy)


def _heads(desk: Desk, asked: Asked, view: ListScreen, totals: Aggregate) -> tuple[ColumnHead, ...]:
    active = (asked.sort or view.query.sort or (None,))[0]
    width = asked.arranged.layout.width
    return tuple(replace(column_head(desk, column, active, totals), width=width(column)) for column in asked.columns)


def _sort_choices(desk: Desk, asked: Asked, view: ListScreen) -> tuple[SortChoice, ...]:
    active = (asked.sort or view.query.sort or (None,))[0]
    return tuple(_sort_choice(desk, column, active) for column in asked.columns if column.field.type.sortable)


def _sort_choice(desk: Desk, column: Column, active: Sort | None) -> SortChoice:
    head = column_head(desk, column, active)
    return SortChoice(head.label, column.field.type.icon, head.sort_url, head.sorted)


def _pager(desk: Desk, page: Page, totals: Aggregate) -> Pager:
    formats, shown = desk.formats, len(page.rows)
    if shown == totals.count:
        text = desk.say("list.showing", first="1", last=formats.number(shown), total=formats.number(totals.count))
    else:
        text = desk.say("list.showing_of", shown=formats.number(shown), total=formats.number(totals.count))
    return Pager(
        text,
        previous_url=address(desk, before=page.before, after=None) if page.before else "",
        next_url=address(desk, after=page.after, before=None) if page.after else "",
    )
