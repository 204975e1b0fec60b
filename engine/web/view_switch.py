"""The views of an entity as tabs, and the switch between the kinds of view."""

from __future__ import annotations

from collections.abc import Iterable

from engine.forms.contexts import Link
from engine.forms.model import ViewScreen, may_see
from engine.forms.view_kind import view_kinds
from engine.schema.model import Entity, ListQuery
from engine.web.desk import Desk

COUNT_LIMIT = 1000
"""Tabs count no further: an exact count of a large table costs more than the page."""


def counted_queries(desk: Desk, entity: Entity) -> dict[str, ListQuery]:
    """The lists that show how many records they have, by name: those with a filter of their own."""
    views = _views(desk, entity)
    return {view.name: view.query for view in views if view.kind == "list" and view.query.filter is not None}


def view_tabs(desk: Desk, entity: Entity, current: ViewScreen, counts: Iterable[int]) -> tuple[Link, ...]:
    """The views of an entity; `counts` are those of `counted_queries`, up to `COUNT_LIMIT`."""
    numbers = dict(zip(counted_queries(desk, entity), counts, strict=True))
    return tuple(
        Link(
            label=desk.text(view.label),
            url=f"/e/{entity.name}/v/{view.name}",
            icon=view.icon,
            current=view.name == current.name,
            count=_capped(numbers.get(view.name)),
        )
        for view in _views(desk, entity)
    )


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
