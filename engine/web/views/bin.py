"""The recycle bin: what was deleted, by whom, and the way back."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.contexts import Link
from engine.records.bin_pages import Binned, BinPage, bin_page
from engine.records.merged import survivors
from engine.records.paging import BadCursor
from engine.web.desk import Desk, WebRequest
from engine.web.titles import titles_of

PAGE = 50


def show_bin(request: WebRequest) -> Response:
    """Of all entities the person may open, or of `?entity=`."""
    desk = Desk.of(request)
    entities = [name for name in desk.workspace.blueprint.entities if desk.may_visit(name)]
    asked = request.query.get("entity", "")
    chosen = asked if asked in entities else ""
    here = _address(entity=chosen)
    page = _page(desk, [chosen] if chosen else entities, request.query.get("after") or None)
    merged = _merged(desk, page)
    context = contexts.BinScreen(
        page=desk.page(desk.say("bin.title")),
        tabs=(Link(desk.say("bin.all"), "/bin", current=not chosen), *(_tab(desk, name, chosen) for name in entities)),
        rows=tuple(_row(desk, one, merged.get(one.id, "")) for one in page.rows),
        here=here,
        earlier_url=_address(entity=chosen, after=page.after) if page.after else "",
    )
    return desk.render("screens/bin.html", context)


def _page(desk: Desk, entities: list[str], after: str | None) -> BinPage:
    """A cursor that is none of ours is the first page."""
    try:
        return bin_page(desk.store, desk.actor, entities, PAGE, after)
    except BadCursor:
        return bin_page(desk.store, desk.actor, entities, PAGE)


def _merged(desk: Desk, page: BinPage) -> dict[int, str]:
    """What is said of records that were merged: one statement, and one for each entity among them."""
    into = survivors(desk.store, [one.id for one in page.rows])
    titles = titles_of(desk, into.values())
    return {one: desk.say("merge.into", title=titles[name]) for one, name in into.items() if name in titles}


def _address(**asked: str | None) -> str:
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/bin?{query}" if query else "/bin"


def _tab(desk: Desk, name: str, chosen: str) -> Link:
    entity = desk.workspace.blueprint.entities[name]
    return Link(desk.text(entity.plural), _address(entity=name), entity.icon, current=name == chosen)


def _row(desk: Desk, one: Binned, merged: str) -> contexts.BinRow:
    entity = desk.workspace.blueprint.entities[one.entity]
    url = f"/e/{one.entity}/{one.id}"
    page = f"{url}?kept=1" if merged else url
    return contexts.BinRow(
        title=one.title,
        url=page,
        icon=entity.icon,
        hue=entity.hue,
        kind=desk.text(entity.label),
        who=one.by or desk.say("record.engine"),
        when=desk.formats.ago(one.at, desk.store.moment(desk.actor).now),
        when_full=desk.formats.datetime(one.at),
        restore_url=f"{url}/restore" if one.may_restore else "",
        merged=merged,
    )
