"""A list: view tabs, filters, sort, columns, pages by key, and the sums below."""

from __future__ import annotations

import logging
from dataclasses import replace
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
from engine.web.list_count import Counted, count_url, counted, counted_page
from engine.web.list_groups import GroupedList, group_menu, group_of
from engine.web.list_place import place_query
from engine.web.list_totals import totals_of
from engine.web.starred import star_switch
from engine.web.view_switch import counted_queries, layouts, view_tabs
from engine.web.views.peeks import draw, peek_beside, peek_url, send_peek, wants_peek

PAGE_SIZE = 50
_log = logging.getLogger("engine.web")


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
        tabs = tuple(counted_queries(desk, entity).values())
        found = counted_page(desk, view.query, request, page, totals_of(asked.columns), tabs)
        context = _context(desk, entity, view, asked, request, page, found)
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
    """The sums and the count of a list, without its rows: two statements at most, none where nothing is added up."""
    asked = asked_of(desk, entity, view)
    summed = [column for column in asked.columns if column.total]
    if not summed and not asked.conditions and view.query.filter is None:
        return ListFoot()
    request = PageRequest(conditions=asked.conditions, search=asked.search)
    found = counted(desk, view.query, request, totals_of(summed))
    heads = [column_head(desk, column, None, found.totals) for column in summed]
    totals = tuple(Total(head.name, head.total_label, head.total, head.numeric) for head in heads)
    return ListFoot(totals, entity.title, _count_text(desk, found))


def _wants(desk: Desk, region: str) -> bool:
    """Whether the page asks for the region with this id alone."""
    return desk.request.is_htmx and desk.request.headers.get("hx-target", "").endswith(region)


def _unread(desk: Desk, entity: Entity, view: ListScreen, asked: Asked) -> contexts.ListScreen:
    """The page around a list that the database could not give: logged in full, told with a reference."""
    reference = desk.request.reference
    _log.exception("the list %s could not be read, reference %s", desk.request.path, reference)
    nothing = Counted(Aggregate(0, {}), counts=[0] * len(counted_queries(desk, entity)))
    asked = replace(asked, filters=())
    context = _context(desk, entity, view, asked, PageRequest(), Page((), None, None), nothing)
    return replace(context, state="error", reference=reference)


def _first_page(desk: Desk) -> Response:
    """Where a cursor leads that is none, or behind which nothing is left."""
    return RedirectResponse(address(desk, after=None, before=None), status_code=303)


def _context(
    desk: Desk, entity: Entity, view: ListScreen, asked: Asked, request: PageRequest, page: Page, found: Counted
) -> contexts.ListScreen:
    head, totals = desk.head(entity), found.totals
    narrowed = bool(asked.conditions or asked.search)
    state = "rows" if page.rows else ("nothing" if narrowed or any(found.counts) else "empty")
    writable = not desk.workspace.policy.grant(desk.actor, "update", entity.name).nothing
    rows = rows_of(entity, asked.columns, desk.formats, writable=writable, selectable=True, colours=view.colours)
    peek, opened, gone = _peek(desk, entity, page)
    drawn = partial(rows.render, place=place_query(desk, view), peek=peek_url(desk), opened=opened)
    grouped = GroupedList(desk, asked.group, asked.columns, page, view.query, request) if asked.group else None
    return contexts.ListScreen(
        page=desk.page(f"{desk.text(view.label)} · {head.plural}"),
        entity=head,
        views=view_tabs(desk, entity, view, found.counts),
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
        count_text=_count_text(desk, found),
        pager=_pager(desk, page, found),
        state=state,  # type: ignore[arg-type]
        outside=found.outside,
        starred=star_switch(desk),
        notes=(*asked.notes, *gone),
        peek=peek,
        total=totals.count,
        more=found.more,
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


def _count_text(desk: Desk, found: Counted) -> str:
    return desk.say("list.count_over" if found.more else "list.count", count=found.totals.count)


def _pager(desk: Desk, page: Page, found: Counted) -> Pager:
    formats, shown, total = desk.formats, len(page.rows), desk.formats.number(found.totals.count)
    if found.more:
        text = desk.say("list.showing_over", shown=formats.number(shown), total=total)
    elif shown == found.totals.count:
        text = desk.say("list.showing", first="1", last=formats.number(shown), total=total)
    else:
        text = desk.say("list.showing_of", shown=formats.number(shown), total=total)
    return Pager(
        text,
        previous_url=address(desk, before=page.before, after=None) if page.before else "",
        next_url=address(desk, after=page.after, before=None) if page.after else "",
        count_url=count_url(desk) if found.more else "",
    )
