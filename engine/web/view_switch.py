"""The views of an entity as tabs, and the switch between its list and its board."""

from __future__ import annotations

from engine.forms.contexts import Link
from engine.forms.model import ViewScreen, may_see
from engine.schema.model import Entity
from engine.web.desk import Desk

COUNT_LIMIT = 1000
"""Tabs count no further: an exact count of a large table costs more than the page."""


def view_tabs(desk: Desk, entity: Entity, current: ViewScreen) -> tuple[Link, ...]:
    """The views of an entity; those with a filter of their own show how many records they have."""
    views = [v for v in desk.workspace.blueprint.screens.views[entity.name].values() if may_see(v, desk.actor.roles)]
    counted = [view for view in views if view.kind == "list" and view.query.filter is not None]
    numbers = desk.store.counts(desk.actor, [view.query for view in counted], COUNT_LIMIT)
    counts: dict[str, int] = dict(zip((view.name for view in counted), numbers, strict=True))
    return tuple(
        Link(
            label=desk.text(view.label),
            url=f"/e/{entity.name}/v/{view.name}",
            icon=view.icon,
            current=view.name == current.name,
            count=_capped(counts.get(view.name)),
        )
        for view in views
    )


def _capped(count: int | None) -> str:
    if count is None:
        return ""
    return f"{COUNT_LIMIT - 1}+" if count >= COUNT_LIMIT else str(count)


def layouts(desk: Desk, entity: Entity, current: ViewScreen) -> tuple[Link, ...]:
    """The switch between list and board: the first view of each kind the actor may see."""
    views = [v for v in desk.workspace.blueprint.screens.views[entity.name].values() if may_see(v, desk.actor.roles)]
    firsts = {view.kind: view for view in reversed(views)} | {current.kind: current}
    icons = {"list": "table-2", "board": "square-kanban"}
    return tuple(
        Link(desk.say(f"list.layout_{kind}"), f"/e/{entity.name}/v/{firsts[kind].name}", icons[kind], kind == current.kind)
        for kind in ("list", "board")
        if kind in firsts
    )
