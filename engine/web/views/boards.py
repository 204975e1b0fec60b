"""A board: lanes by stage or choice, cards with the facts the view names, sums and shares, rows across the lanes."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.contexts import LaneCards, SortChoice
from engine.forms.filters import parse_filters, parse_sort
from engine.forms.model import BoardScreen
from engine.locale.text import Text
from engine.records.errors import RecordNotFound
from engine.records.paging import BadCursor
from engine.records.query import Condition, PageRequest
from engine.schema.model import Entity, Sort
from engine.web.columns import address
from engine.web.conditions import conditions_of
from engine.web.desk import Desk
from engine.web.filter_panel import filter_panel
from engine.web.lanes import CARDS, Board
from engine.web.swimlanes import Swimlanes, row_condition
from engine.web.view_opening import view_behind
from engine.web.view_switch import COUNT_LIMIT, counted_queries, layouts, view_tabs

MOST_FILTERS = 50


def show_board(desk: Desk, entity: Entity, view: BoardScreen) -> Response:
    """`parts/lane_cards.html` alone where the page asks for more cards of a lane."""
    query = desk.request.query
    filters, unread = parse_filters(query.getlist("f"), entity, desk.formats)
    sort, unsorted = parse_sort(query.get("sort", ""), entity)
    conditions = conditions_of(filters)
    board = Board(desk, entity, view, PageRequest(conditions, sort, limit=CARDS), _carried(desk))
    if desk.request.is_htmx and "lane" in query:
        return _more_cards(board, query["lane"], query.get("row", ""), query.get("after", ""))
    counts = desk.store.counts(desk.actor, list(counted_queries(desk, entity).values()), COUNT_LIMIT)
    swimlanes = Swimlanes(board, view.swimlane) if view.swimlane else None
    context = contexts.BoardScreen(
        page=desk.page(f"{desk.text(view.label)} · {desk.text(entity.plural)}"),
        entity=desk.head(entity),
        views=view_tabs(desk, entity, view, counts),
        layouts=layouts(desk, entity, view),
        filters=filter_panel(desk, entity, filters, clear_url=address(desk, f=None) if filters else ""),
        sorts=_sorts(desk, view, sort),
        totals=board.totals(),
        lanes=board.heads() if swimlanes else board.lanes(),
        notes=(*_said(desk, (*unread, *unsorted)), *(swimlanes.notes() if swimlanes else ())),
        rows=swimlanes.rows() if swimlanes else (),
        view=desk.opened.base.name if desk.opened else view.name,
    )
    return desk.render("screens/board.html", context)


def board_behind(desk: Desk, entity: Entity, view: BoardScreen, address: str) -> Board:
    """The board a person works on, under the filters of its `address`, which a browser gives after a move; those of a
    saved view where the address has none."""
    behind, opened = view_behind(desk, entity, address)
    asked = behind.request.query.getlist("f")[:MOST_FILTERS] if opened else address_filters(address)
    filters, _ = parse_filters(asked, entity, desk.formats)
    conditions = conditions_of(filters)
    return Board(desk, entity, view, PageRequest(conditions, limit=CARDS), ())


def address_filters(address: str) -> list[str]:
    """The `f` parameters of an address."""
    return parse_qs(urlsplit(address).query).get("f", [])[:MOST_FILTERS]


def _more_cards(board: Board, lane: str, row: str, after: str) -> Response:
    """Raises `RecordNotFound` for a lane or row the board does not have."""
    option = board.view.by.option(lane)
    if option is None:
        raise RecordNotFound
    conditions: tuple[Condition, ...] = ()
    if board.view.swimlane and row:
        conditions = (row_condition(board.view.swimlane, row),)
    try:
        page = board.page(option, conditions, after)
    except BadCursor:
        raise RecordNotFound from None
    desk = board.desk
    more_url = board.list_url(option)
    context = LaneCards(
        page.cards, desk.head(board.entity), next_url=board.next_url(lane, row, page.after), more_url=more_url
    )
    return desk.render("parts/lane_cards.html", context)


def _carried(desk: Desk) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in desk.request.query.multi_items() if name in ("f", "sort"))


def _said(desk: Desk, notes: tuple[Text, ...]) -> tuple[str, ...]:
    return tuple(desk.text(note) for note in notes)


def _sorts(desk: Desk, view: BoardScreen, active: tuple[Sort, ...]) -> tuple[SortChoice, ...]:
    choices = []
    for column in view.card:
        if column.field.type.sortable:
            mine = active and active[0].field == column.field.name
            name = column.field.name if mine and active[0].descending else f"-{column.field.name}"
            url = f"{desk.request.path}?{urlencode({'sort': name})}"
            state = ("descending" if active[0].descending else "ascending") if mine else ""
            choices.append(SortChoice(desk.text(column.label), column.field.type.icon, url, state))  # type: ignore[arg-type]
    return tuple(choices)
