"""A tree: rows that open, a search that shows paths, and records moved below another through the gateway."""

from __future__ import annotations

import json

from starlette.responses import RedirectResponse, Response

from engine.forms import contexts
from engine.forms.filters import parse_filters, parse_sort
from engine.forms.model import TreeScreen, may_see
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Conflict, Invalid, MoveRefused, RecordNotFound, Refused
from engine.records.paging import BadCursor
from engine.records.query import PageRequest
from engine.schema.field_type import ValueRefused
from engine.schema.model import Entity
from engine.schema.record_ids import read_id
from engine.web.columns import address
from engine.web.conditions import conditions_of
from engine.web.desk import Desk, WebRequest
from engine.web.filter_panel import filter_panel
from engine.web.flash import Flash
from engine.web.tree import OPEN, ROWS, Rows, Tree
from engine.web.view_switch import COUNT_LIMIT, counted_queries, layouts, view_tabs

DEEPEST = 99


def show_tree(desk: Desk, entity: Entity, view: TreeScreen) -> Response:
    """`parts/tree_rows.html` alone where the page asks for the rows below one."""
    query = desk.request.query
    tree = Tree(desk, entity, view, _ids(query.get("open", "")))
    if desk.request.is_htmx and "under" in query:
        return _below(desk, tree)
    filters, unread = parse_filters(query.getlist("f"), entity, desk.formats)
    sort, unsorted = parse_sort(query.get("sort", ""), entity)
    conditions = conditions_of(filters)
    search, after = query.get("q", "").strip()[:200], query.get("after", "")
    try:
        if search or filters:
            rows = tree.found(PageRequest(conditions, sort, search, after=after or None, limit=ROWS))
        else:
            rows = tree.top(after)
    except BadCursor:
        return RedirectResponse(address(desk, after=None), status_code=303)
    counts = desk.store.counts(desk.actor, list(counted_queries(desk, entity).values()), COUNT_LIMIT)
    context = contexts.TreeScreen(
        page=desk.page(f"{desk.text(view.label)} · {desk.text(entity.plural)}"),
        entity=desk.head(entity),
        views=view_tabs(desk, entity, view, counts),
        layouts=layouts(desk, entity, view),
        filters=filter_panel(desk, entity, filters, clear_url=address(desk, f=None, q=None) if filters else ""),
        search=search,
        heads=tuple((desk.text(c.label), c.field.type.numeric, c.width) for c in view.columns),
        rows=rows,
        columns=len(view.columns),
        view=desk.opened.base.name if desk.opened else view.name,
        movable=tree.movable,
        notes=tuple(desk.text(note) for note in (*unread, *unsorted)),
    )
    return desk.render("screens/tree.html", context)


def _below(desk: Desk, tree: Tree) -> Response:
    """Raises `RecordNotFound` for what is no record or no place in a list."""
    query = desk.request.query
    level = query.get("level", "2")
    try:
        record_id = read_id(query["under"])
        rows: Rows = tree.below(
            record_id, min(int(level), DEEPEST) if level.isascii() and level.isdigit() else 2, query.get("after", "")
        )
    except (ValueRefused, BadCursor):
        raise RecordNotFound from None
    return desk.render("parts/tree_rows.html", contexts.TreeRows(rows, len(tree.view.columns)))


def move_below(request: WebRequest) -> Response:
    """Put a record below another, or to the top."""
    desk = Desk.of(request)
    record = desk.record()
    view = desk.workspace.blueprint.screens.views[record.entity.name].get(request.form.get("view", ""))
    if not isinstance(view, TreeScreen) or not may_see(view, desk.actor.roles):
        raise RecordNotFound
    values = {view.parent.name: _parent(request.form.get("parent", ""))}
    try:
        desk.store.change(desk.actor, record.entity.name, record.id, values, desk.version())
    except Invalid as invalid:
        return _refused(desk, next(iter(invalid.errors.values())))
    except Refused as refused:
        return _refused(desk, refused.message)
    except (Conflict, MoveRefused):
        return _refused(desk, message_text("move.conflict"))
    if not desk.request.is_htmx:
        return desk.redirect(f"/e/{record.entity.name}/v/{view.name}", Flash("tree.moved", {"title": record.title}))
    return _toast(desk.say("tree.moved", title=record.title), "ok", 204)


def _parent(text: str) -> int | None:
    try:
        return read_id(text) if text else None
    except ValueRefused:
        raise RecordNotFound from None


def _refused(desk: Desk, reason: Text) -> Response:
    if not desk.request.is_htmx:
        raise Refused(reason)
    return _toast(desk.text(reason), "bad", 422)


def _toast(text: str, kind: str, status: int) -> Response:
    told = json.dumps({"toast": {"text": text, "kind": kind}})
    return Response(status_code=status, headers={"hx-trigger": told})


def _ids(text: str) -> tuple[int, ...]:
    """The records an address opens; what is no id is left out."""
    parts = [part for part in text.split(",") if part.isascii() and part.isdigit() and len(part) <= 16]
    return tuple(dict.fromkeys(int(part) for part in parts[:OPEN]))
