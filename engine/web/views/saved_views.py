"""Saving, changing, sharing and taking away views, and choosing the one an entity opens with."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

from starlette.responses import Response

from engine.access.preferences import save_preferences
from engine.forms.model import ViewScreen, may_see
from engine.forms.view_kind import view_kinds
from engine.forms.view_query import Pairs, view_query
from engine.locale.catalogue import message_text
from engine.records.errors import RecordNotFound
from engine.records.saved_views import LONGEST_NAME, SavedView, TooMany
from engine.schema.model import Entity
from engine.web.desk import Desk, WebRequest
from engine.web.endpoint import Refused
from engine.web.flash import Flash
from engine.web.view_saving import may_change, may_share, shares

LONGEST_QUERY = 4000


def add_view(request: WebRequest) -> Response:
    desk, entity = _asked(request)
    base = _base(desk, entity)
    new = SavedView(
        id=0,
        entity=entity.name,
        name=_name(desk, desk.text(base.label)),
        kind=base.kind,
        base=base.name,
        query=_query(desk, base),
        owner=desk.actor.user_id or 0,
        shared_with=_shared(desk),
    )
    try:
        saved = request.services.saved_views.add(new)
    except TooMany:
        raise Refused(422, message_text("view.too_many")) from None
    return desk.redirect(_url(saved), Flash("view.saved", {"view": saved.name}))


def save_view(request: WebRequest) -> Response:
    """Its name, who sees it and what it asks for: whichever the form sends."""
    desk, saved = _own(request)
    views = desk.workspace.blueprint.screens.views[saved.entity]
    changed = saved
    if "name" in request.form:
        changed = replace(changed, name=_name(desk, saved.name), shared_with=_shared(desk, saved))
    if request.form.get("query"):
        changed = replace(changed, query=_query(desk, views.get(saved.base) or _base(desk, desk.entity())))
    request.services.saved_views.change(changed)
    return desk.redirect(_url(changed), Flash("view.saved", {"view": changed.name}))


def delete_view(request: WebRequest) -> Response:
    desk, saved = _own(request)
    request.services.saved_views.delete(saved)
    undo = f"/e/{saved.entity}/views/{saved.id}/restore"
    return desk.redirect(f"/e/{saved.entity}", Flash("view.deleted", {"view": saved.name}, undo))


def restore_view(request: WebRequest) -> Response:
    desk, saved = _own(request, deleted=True)
    request.services.saved_views.restore(saved)
    return desk.redirect(_url(saved), Flash("view.restored", {"view": saved.name}))


def choose_default(request: WebRequest) -> Response:
    """The view the entity opens with for this person; none leaves it to their role."""
    desk, entity = _asked(request)
    if request.user is None:
        raise RecordNotFound
    wanted = request.form.get("view", "")
    chosen = {name: view for name, view in request.user.default_views.items() if name != entity.name}
    if wanted:
        chosen[entity.name] = _known(desk, entity, wanted)
    with request.services.database.write() as connection:
        save_preferences(connection, request.user.user_id, {"default_views": chosen})
    target = f"/e/{entity.name}/v/{wanted}" if wanted else f"/e/{entity.name}"
    return desk.redirect(target, Flash("view.opens", {"entity": desk.text(entity.plural)}) if wanted else None)


def _asked(request: WebRequest) -> tuple[Desk, Entity]:
    desk = Desk.of(request)
    return desk, desk.entity()


def _own(request: WebRequest, deleted: bool = False) -> tuple[Desk, SavedView]:
    """The saved view of the address, if the actor may change it."""
    desk, entity = _asked(request)
    saved = request.services.saved_views.get(desk.actor, entity.name, desk.record_id(), deleted)
    if not may_change(desk, saved):
        raise Refused(403, message_text("view.not_yours"))
    return desk, saved


def _base(desk: Desk, entity: Entity) -> ViewScreen:
    view = desk.workspace.blueprint.screens.views[entity.name].get(desk.request.form.get("base", ""))
    if view is None or not may_see(view, desk.actor.roles):
        raise RecordNotFound
    return view


def _known(desk: Desk, entity: Entity, name: str) -> str:
    """The name or id of a view the actor may see. Raises `RecordNotFound`."""
    view = desk.workspace.blueprint.screens.views[entity.name].get(name)
    saved = desk.request.services.saved_views.of(desk.actor, entity.name)
    if not (view and may_see(view, desk.actor.roles)) and name not in {str(each.id) for each in saved}:
        raise RecordNotFound
    return name


def _name(desk: Desk, otherwise: str) -> str:
    typed = "".join(letter for letter in desk.request.form.get("name", "") if letter.isprintable())
    return typed.strip()[:LONGEST_NAME] or otherwise[:LONGEST_NAME]


def _query(desk: Desk, base: ViewScreen) -> Pairs:
    text = desk.request.form.get("query", "")
    if len(text) > LONGEST_QUERY:
        raise Refused(422, message_text("view.too_long"))
    pairs = parse_qsl(text.replace("\0", ""), keep_blank_values=True)
    return view_query(pairs, view_kinds()[base.kind].parameters)


def _shared(desk: Desk, saved: SavedView | None = None) -> tuple[str, ...]:
    """Who else sees it: what an admin ticked; nobody else changes that."""
    if not may_share(desk):
        return saved.shared_with if saved else ()
    ticked = set(desk.request.form.getlist("shared"))
    return tuple(choice.key for choice in shares(desk) if choice.key in ticked)


def _url(saved: SavedView) -> str:
    return f"/e/{saved.entity}/v/{saved.id}"
