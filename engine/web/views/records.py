"""The page of one record: head, stage path, sections, line items, related lists, history."""

from __future__ import annotations

from dataclasses import replace

from starlette.background import BackgroundTask
from starlette.responses import Response

from engine.forms import contexts
from engine.forms.contexts import Link
from engine.records.errors import Invalid, Refused
from engine.records.merged import survivor_of
from engine.records.model import Record
from engine.schema.model import Entity
from engine.web.desk import Desk, WebRequest
from engine.web.flash import Flash
from engine.web.list_place import carried, list_place
from engine.web.page_query import page_query
from engine.web.record_head import mark_of, record_head
from engine.web.record_sections import shown_sections
from engine.web.record_tabs import remember_tab, tab_links
from engine.web.security import local_path
from engine.web.stage_path import stage_path

BIN = "/bin"


def show_record(request: WebRequest) -> Response:
    desk = Desk.of(request)
    record = desk.record()
    if (gone_to := _merged_into(desk, record)) is not None:
        return desk.redirect(gone_to)
    if request.query.get("print"):
        return _printed(desk, record)
    partial = request.is_htmx and request.headers.get("hx-target", "").endswith("record")
    standing = desk.shelf.standing(desk.actor, record.entity.name, record.id)
    context = replace(record_context(desk, record), starred=standing.starred)
    response = desk.render("parts/record.html" if partial else "screens/record.html", context)
    remember_tab(desk, desk.workspace.blueprint.screens.records[record.entity.name], response)
    if standing.visit_due:
        response.background = BackgroundTask(desk.shelf.visit, desk.actor, record.entity.name, record.id)
    return response


def _merged_into(desk: Desk, record: Record) -> str | None:
    """Where a record that was merged is found now, unless it is to be seen as it was (`?kept=1`)."""
    if record.row.get("deleted_at") is None or desk.request.query.get("kept"):
        return None
    survivor = survivor_of(desk.store, record.entity.name, record.id)
    if survivor is None or not desk.store.titles(desk.actor, record.entity.name, [survivor]):
        return None
    return f"/e/{record.entity.name}/{survivor}"


def _printed(desk: Desk, record: Record) -> Response:
    """Every tab on one page, with nothing to press."""
    still = replace(record, may_update=False, may_delete=False)
    return desk.render("screens/record_print.html", record_context(desk, still, everything=True))


def delete_record(request: WebRequest) -> Response:
    """Put a record into the bin; a line item goes out of its table without a page of its own."""
    desk = Desk.of(request)
    line = desk.workspace.blueprint.entities.get(request.path_params["entity"])
    if line is not None and line.line_of:
        return _delete_line(desk, line)
    record = desk.record()
    try:
        desk.store.delete(desk.actor, record.entity.name, record.id)
    except Refused as refused:
        reason = Flash("error.refused", {"reason": desk.text(refused.message)})
        return desk.redirect(f"/e/{record.entity.name}/{record.id}", reason)
    undo = f"/e/{record.entity.name}/{record.id}/restore"
    return desk.redirect(f"/e/{record.entity.name}", Flash("record.deleted", {"title": record.title}, undo))


def _delete_line(desk: Desk, entity: Entity) -> Response:
    line = desk.store.get(desk.actor, entity.name, desk.record_id())
    parent, link = entity.line_of or ("", "")
    desk.store.delete(desk.actor, entity.name, line.id)
    return Response() if desk.request.is_htmx else desk.redirect(f"/e/{parent}/{line.row[link]}")


def restore_record(request: WebRequest) -> Response:
    """Out of the bin, and to its page or back to the bin's; to where `next` says, with a sentence, when it cannot."""
    desk = Desk.of(request)
    entity, record_id = desk.entity(), desk.record_id()
    back = request.form.get("next", "")
    try:
        desk.store.restore(desk.actor, entity.name, record_id)
    except (Refused, Invalid) as refused:
        if not back:
            raise
        reason = refused.message if isinstance(refused, Refused) else next(iter(refused.errors.values()))
        return desk.redirect(local_path(back), Flash("error.refused", {"reason": desk.text(reason)}))
    record = desk.store.get(desk.actor, entity.name, record_id)
    target = local_path(back) if back.startswith(BIN) else f"/e/{entity.name}/{record_id}"
    return desk.redirect(target, Flash("record.restored", {"title": record.title}))


def record_context(desk: Desk, record: Record, *, everything: bool = False) -> contexts.RecordScreen:
    """Everything of the page; its statements: the record, its stages, one for each list on it and one for counts."""
    entity, head = record.entity, desk.head(record.entity)
    screen = desk.workspace.blueprint.screens.records[entity.name]
    deleted = record.row.get("deleted_at") is not None
    may_edit = record.may_update and not deleted
    top, path = record_head(desk, record), stage_path(desk, record, editable=may_edit)
    place = list_place(desk, record)
    needed = frozenset(path.guide.missing) if path and path.guide else frozenset[str]()
    return contexts.RecordScreen(
        page=desk.page(record.title),
        entity=head,
        id=str(record.id),
        version=str(record.version),
        title=record.title,
        mark=mark_of(record),
        crumbs=(
            Link(head.plural, head.url, head.icon),
            *((place.view,) if place else ()),
            Link(record.title, "", current=True),
        ),
        place=place,
        carried=carried(page_query(desk)),
        tabs=tab_links(desk, record, screen),
        sections=shown_sections(desk, record, screen, needed, editable=may_edit, everything=everything),
        company=top.company,
        tags=top.tags,
        facts=top.facts,
        path=path,
        may_edit=may_edit,
        may_delete=record.may_delete and not deleted,
        deleted=deleted,
    )
