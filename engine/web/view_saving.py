"""Saving what the address says as a view, and what else can be done with the view that is open."""

from __future__ import annotations

from urllib.parse import urlencode

from engine.forms.contexts import Choice, ViewForm, ViewMenu, ViewSave
from engine.forms.model import ViewScreen
from engine.forms.view_kind import view_kinds
from engine.forms.view_query import Pairs, same_query, view_query
from engine.records.saved_views import EVERYBODY, SavedView
from engine.schema.model import Entity
from engine.web.desk import Desk
from engine.web.exporting import export_url


def view_save(desk: Desk, entity: Entity, current: ViewScreen) -> ViewSave | None:
    """None while the address says what the view says."""
    asked, saved = _asked(desk, current), _saved(desk)
    if same_query(asked, saved.query if saved else ()):
        return None
    own = saved if saved and may_change(desk, saved) else None
    return ViewSave(
        reset_url=f"/e/{entity.name}/v/{current.name}",
        form=_form(desk, entity, asked, desk.say("view.new_name", view=desk.text(current.label)) if saved else ""),
        save=ViewForm(_url(own), own.base, urlencode(asked)) if own else None,
    )


def view_menu(desk: Desk, entity: Entity, current: ViewScreen) -> ViewMenu:
    saved = _saved(desk)
    own = saved if saved and may_change(desk, saved) else None
    chosen = desk.request.user.default_views.get(entity.name) if desk.request.user else None
    copied = desk.say("view.copy_name", view=desk.text(current.label))
    query = saved.query if saved else ()
    return ViewMenu(
        copy=ViewForm(f"/e/{entity.name}/views", _base(desk, current), urlencode(query), copied),
        default_url=f"/e/{entity.name}/default",
        default="" if chosen == current.name else current.name,
        is_default=chosen == current.name,
        edit=ViewForm(_url(own), own.base, "", own.name, shares(desk, own)) if own else None,
        delete_url=f"{_url(own)}/delete" if own else "",
        export_url=export_url(desk, entity),
        duplicates_url=f"/e/{entity.name}/duplicates" if entity.matching else "",
    )


def may_change(desk: Desk, saved: SavedView) -> bool:
    """One's own; and, for who may share, what is shared."""
    return saved.owner == desk.actor.user_id or (bool(saved.shared_with) and may_share(desk))


def may_share(desk: Desk) -> bool:
    return desk.workspace.policy.is_admin(desk.actor)


def shares(desk: Desk, saved: SavedView | None = None) -> tuple[Choice, ...]:
    """Everybody and each role, for who may share."""
    if not may_share(desk):
        return ()
    ticked = saved.shared_with if saved else ()
    everybody = Choice(EVERYBODY, desk.say("view.everybody"), selected=EVERYBODY in ticked)
    roles = desk.workspace.blueprint.roles.values()
    return (everybody, *(Choice(role.name, desk.text(role.label), selected=role.name in ticked) for role in roles))


def _form(desk: Desk, entity: Entity, asked: Pairs, name: str) -> ViewForm:
    base = desk.opened.base.name if desk.opened else ""
    return ViewForm(f"/e/{entity.name}/views", base, urlencode(asked), name, shares(desk))


def _asked(desk: Desk, current: ViewScreen) -> Pairs:
    return view_query(desk.request.query.multi_items(), view_kinds()[current.kind].parameters)


def _base(desk: Desk, current: ViewScreen) -> str:
    return desk.opened.base.name if desk.opened else current.name


def _saved(desk: Desk) -> SavedView | None:
    return desk.opened.saved if desk.opened else None


def _url(saved: SavedView) -> str:
    return f"/e/{saved.entity}/views/{saved.id}"
