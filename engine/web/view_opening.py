"""Opens the view of an address: the blueprint's, or a saved one whose query stands in for a bare address."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlsplit

from starlette.datastructures import ImmutableMultiDict

from engine.forms.filter_form import panel_posted
from engine.forms.model import ViewScreen, may_see
from engine.forms.view_kind import view_kinds
from engine.locale.text import LANGUAGES, Text
from engine.records.errors import RecordNotFound
from engine.records.saved_views import SavedView
from engine.schema.model import Entity
from engine.web.desk import Desk
from engine.web.opened_view import OpenedView
from engine.web.page_query import MOST


def open_view(desk: Desk, entity: Entity) -> tuple[Desk, ViewScreen]:
    """The desk with what is open, and the screen that shows it. Raises `RecordNotFound`."""
    named = desk.request.path_params.get("view", "")
    others, layouts = desk.request.services.saved_views.with_layouts(desk.actor, entity.name)
    own = desk.request.user.default_views.get(entity.name, "") if desk.request.user else ""
    found = _find(desk, entity, others, named) if named else _find(desk, entity, others, own)
    if found is None and not named:
        found = _find(desk, entity, others, "")
    if found is None:
        raise RecordNotFound
    name = str(found.saved.id) if found.saved else found.base.name
    desk = replace(desk, opened=replace(found, layout=layouts.get(name)))
    if found.saved is None:
        return desk, found.base
    label = Text.of(dict.fromkeys(LANGUAGES, found.saved.name))
    return _with_query(desk, found.saved, found.base), replace(found.base, name=name, label=label)


def view_named(desk: Desk, entity: Entity, name: str) -> ViewScreen | None:
    """The view or saved view of this name that the actor may see."""
    screens = desk.workspace.blueprint.screens.views.get(entity.name, {})
    if name in screens:
        return screens[name] if may_see(screens[name], desk.actor.roles) else None
    return view_behind(desk, entity, f"/e/{entity.name}/v/{name}")[1] if name.isdecimal() else None


def view_behind(desk: Desk, entity: Entity, address: str) -> tuple[Desk, ViewScreen | None]:
    """The view of the page a part was asked for from, whose `address` a browser gives, and the desk of that page."""
    split = urlsplit(address)
    parts = [unquote(part) for part in split.path.split("/")[1:]]
    if parts[:2] != ["e", entity.name] or len(parts) not in (2, 4) or parts[2:3] not in ([], ["v"]):
        return desk, None
    query = ImmutableMultiDict(parse_qsl(split.query)[:MOST])
    names = {"entity": entity.name, "view": parts[3] if len(parts) == 4 else ""}
    page = replace(desk.request, method="GET", path=split.path, path_params=names, query=query)
    try:
        return open_view(replace(desk, request=page), entity)
    except RecordNotFound:
        return desk, None


def _find(desk: Desk, entity: Entity, others: tuple[SavedView, ...], name: str) -> OpenedView | None:
    """The view of this name or id; without a name, the one that opens for the actor's roles."""
    screens, roles = desk.workspace.blueprint.screens, desk.actor.roles
    saved = next((each for each in others if str(each.id) == name), None)
    if saved is None:
        view = screens.views[entity.name].get(name) if name else screens.default_view(entity.name, roles)
        return OpenedView(view, others) if view and may_see(view, roles) else None
    base = screens.views[entity.name].get(saved.base)
    if base is not None and may_see(base, roles):
        return OpenedView(base, others, saved)
    seen = [view for view in screens.views[entity.name].values() if may_see(view, roles)]
    alike = next((view for view in seen if view.kind == saved.kind), None) or screens.default_view(entity.name, roles)
    note = desk.say("view.base_gone", view=desk.text(alike.label)) if alike else ""
    return OpenedView(alike, others, saved, note) if alike else None


def _with_query(desk: Desk, saved: SavedView, base: ViewScreen) -> Desk:
    """An address that says nothing of its own about the view means what was saved."""
    given = desk.request.query.multi_items()
    if panel_posted(given) or any(name in view_kinds()[base.kind].parameters for name, _ in given):
        return desk
    return replace(desk, request=replace(desk.request, query=ImmutableMultiDict([*saved.query, *given])))
