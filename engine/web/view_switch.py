"""The views of an entity as tabs, and the switch between the kinds of view."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import east_asian_width

from engine.forms.contexts import Link, MenuGroup, ViewBar
from engine.forms.model import ViewScreen, may_see
from engine.forms.view_kind import view_kinds
from engine.records.saved_views import SavedView
from engine.schema.model import Entity, ListQuery
from engine.web.desk import Desk
from engine.web.view_saving import view_menu, view_save

COUNT_LIMIT = 1000
"""Tabs count no further: an exact count of a large table costs more than the page."""
ROOM = 880
"""CSS pixels that tabs may take on a bar; what is beyond goes into the menu beside them."""
LONGEST_TAB = 220


def counted_queries(desk: Desk, entity: Entity) -> dict[str, ListQuery]:
    """The lists that show how many records they have, by name: those with a filter of their own."""
    views = _views(desk, entity)
    return {view.name: view.query for view in views if view.kind == "list" and view.query.filter is not None}


def tab_counts(desk: Desk, entity: Entity) -> tuple[Link, ...]:
    """How many records the lists with a number beside their name have now; one statement."""
    queries = counted_queries(desk, entity)
    counts = desk.store.counts(desk.actor, list(queries.values()), COUNT_LIMIT)
    return tuple(
        Link("", f"/e/{entity.name}/v/{name}", count=_capped(count))
        for name, count in zip(queries, counts, strict=True)
    )


def view_tabs(desk: Desk, entity: Entity, current: ViewScreen, counts: Iterable[int]) -> ViewBar:
    """The views of an entity, those of the blueprint, shared and one's own; `counts` are those of `counted_queries`,
    up to `COUNT_LIMIT`."""
    numbers = dict(zip(counted_queries(desk, entity), counts, strict=True))
    groups = {"": [_tab(desk, entity, view, current, numbers) for view in _views(desk, entity)]}
    for saved in desk.opened.others if desk.opened else ():
        group = desk.say("view.shared") if saved.shared_with else desk.say("view.mine")
        groups.setdefault(group, []).append(_saved_tab(desk, saved, current))
    fitting = _fitting([link for links in groups.values() for link in links])
    more = {group: tuple(link for link in links if link not in fitting) for group, links in groups.items()}
    return ViewBar(
        tabs=tuple(fitting),
        more=tuple(MenuGroup(group, links) for group, links in more.items() if links),
        menu=view_menu(desk, entity, current),
        save=view_save(desk, entity, current),
        notes=(desk.opened.note,) if desk.opened and desk.opened.note else (),
    )


def _tab(desk: Desk, entity: Entity, view: ViewScreen, current: ViewScreen, numbers: dict[str, int]) -> Link:
    return Link(
        label=desk.text(view.label),
        url=f"/e/{entity.name}/v/{view.name}",
        icon=view.icon,
        current=view.name == current.name,
        count=_capped(numbers.get(view.name)),
    )


def _saved_tab(desk: Desk, saved: SavedView, current: ViewScreen) -> Link:
    kind = view_kinds().get(saved.kind)
    icon = kind.icon if kind else current.icon
    return Link(saved.name, f"/e/{saved.entity}/v/{saved.id}", icon, str(saved.id) == current.name)


def _fitting(links: list[Link]) -> list[Link]:
    """The first links that have room beside each other; the current one is always among them."""
    room = ROOM - sum(_width(link) for link in links if link.current)
    fitting = []
    for link in links:
        room -= 0 if link.current else _width(link)
        if link.current or room >= 0:
            fitting.append(link)
    return fitting


def _width(link: Link) -> int:
    """About how wide a tab is, in CSS pixels."""
    letters = sum(13 if east_asian_width(letter) in "WF" else 7 for letter in link.label)
    return min(letters, LONGEST_TAB) + 40 + (34 if link.count else 0)


def _views(desk: Desk, entity: Entity) -> list[ViewScreen]:
    views = desk.workspace.blueprint.screens.views[entity.name].values()
    return [view for view in views if may_see(view, desk.actor.roles)]


def _capped(count: int | None) -> str:
    if count is None:
        return ""
    return f"{COUNT_LIMIT - 1}+" if count >= COUNT_LIMIT else str(count)


def layouts(desk: Desk, entity: Entity, current: ViewScreen) -> tuple[Link, ...]:
    """The switch between the kinds of view: the first of each kind the actor may see."""
    firsts = {view.kind: view for view in reversed(_views(desk, entity))} | {current.kind: current}
    return tuple(
        Link(desk.text(kind.label), f"/e/{entity.name}/v/{firsts[name].name}", kind.icon, name == current.kind)
        for name, kind in view_kinds().items()
        if name in firsts
    )
