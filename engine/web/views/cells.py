"""Inline edit: one field of a record as an editor, saved by itself; refusal is a 422, a conflict a 409."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.responses import RedirectResponse, Response

from engine.forms import contexts
from engine.forms.binding import CLEAR, SHOWN, bind, gathered
from engine.forms.columns import is_editable_in_place
from engine.forms.contexts import Control
from engine.forms.controls import Filled
from engine.forms.list_rows import rows_of
from engine.forms.model import Column, ListScreen
from engine.forms.values import text_of
from engine.locale.text import Text
from engine.records.errors import Conflict, Invalid, RecordNotFound
from engine.records.model import Record
from engine.schema.model import Entity, Field
from engine.web.desk import Desk, WebRequest
from engine.web.props import make_prop
from engine.web.record_head import record_head
from engine.web.shown_links import with_shown
from engine.web.titles import titles_of
from engine.web.view_opening import view_behind
from engine.web.view_switch import tab_counts
from engine.web.views.lists import list_foot


def edit_cell(request: WebRequest) -> Response:
    """The editor of one cell."""
    desk, record, field = _asked(request)
    if not request.is_htmx:
        return RedirectResponse(f"/e/{record.entity.name}/{record.id}/edit", status_code=303)
    if request.query.get("cancel"):
        return _saved(desk, record, field, saved=False)
    return _editor(desk, record, field)


def save_cell(request: WebRequest) -> Response:
    """Write one field; the answer is the cell again, or the editor with what stands against it."""
    desk, record, field = _asked(request)
    texts = gathered((field.name, text) for text in request.form.getlist("value"))
    texts |= {field.name + CLEAR: "1"} if "value" + CLEAR in request.form else {}
    bound = bind([field], texts or {field.name: ""}, desk.formats)
    if (shown := request.form.get("value" + SHOWN)) is not None:
        bound = with_shown([field], bound, {field.name + SHOWN: shown}, record.row)
    if bound.errors:
        return _editor(desk, record, field, bound.typed.get(field.name, ""), bound.errors[field.name])
    try:
        desk.store.change(desk.actor, record.entity.name, record.id, bound.values, desk.version())
    except Invalid as invalid:
        error = invalid.errors.get(field.name) or next(iter(invalid.errors.values()))
        return _editor(desk, record, field, bound.typed.get(field.name, ""), error)
    except Conflict as conflict:
        return _conflict(desk, record, field, bound.typed.get(field.name, ""), conflict)
    stored = desk.store.get(desk.actor, record.entity.name, record.id)
    return _saved(desk, stored, field, saved=True)


def _asked(request: WebRequest) -> tuple[Desk, Record, Field]:
    desk = Desk.of(request)
    entity = _entity(desk)
    record = desk.store.get(desk.actor, entity.name, desk.record_id())
    field = entity.fields.get(request.path_params["field"])
    if field is None or not is_editable_in_place(field):
        raise RecordNotFound
    return desk, record, field


def _entity(desk: Desk) -> Entity:
    """Cells of line items are edited too, though these have no page of their own."""
    entity = desk.workspace.blueprint.entities.get(desk.request.path_params["entity"])
    return entity if entity is not None and entity.line_of else desk.entity()


def _place(desk: Desk) -> contexts.Place:
    asked = desk.request.form.get("place") or desk.request.query.get("place")
    return "cell" if asked == "cell" else "prop"


def _slot(desk: Desk, entity: Entity, field: Field) -> str:
    return _column(desk, entity, field).slot or ""


def _editor(desk: Desk, record: Record, field: Field, typed: str | None = None, error: Text | None = None) -> Response:
    errors = {field.name: error} if error else {}
    shown = desk.request.form.get("value" + SHOWN)
    texts = ({} if typed is None else {field.name: typed}) | ({} if shown is None else {field.name + SHOWN: shown})
    filled = Filled(record.row, texts, errors, {})
    version = desk.request.form.get("version") or str(record.version)
    context = contexts.CellEditor(
        url=f"/e/{record.entity.name}/{record.id}/cell/{field.name}",
        csrf=desk.request.csrf_token,
        version=version,
        place=_place(desk),
        control=_control(desk, record, field, filled),
        slot=_slot(desk, record.entity, field) if _place(desk) == "cell" else "",
    )
    return desk.render("parts/editor.html", context, 422 if error else 200)


def _control(desk: Desk, record: Record, field: Field, filled: Filled) -> Control:
    """Several editors may be open at once: their ids differ."""
    maker = replace(desk.controls, mark=f"c-{field.name}-{record.id}-")
    return maker.control(field, filled, name="value")


def _conflict(desk: Desk, record: Record, field: Field, typed: str, conflict: Conflict) -> Response:
    """Both values, formatted; each can be chosen."""
    clash = conflict.details.clashes[0]
    filled = Filled(record.row, {field.name: typed}, {}, {})
    titles = titles_of(desk, [*field.references(clash.wanted), *field.references(clash.stored)])
    stored = clash.stored
    context = contexts.CellConflict(
        url=f"/e/{record.entity.name}/{record.id}/cell/{field.name}",
        csrf=desk.request.csrf_token,
        version=str(conflict.details.version),
        place=_place(desk),
        control=_control(desk, record, field, filled),
        mine=text_of(field, clash.wanted, desk.formats, titles),
        theirs=text_of(field, stored, desk.formats, titles),
        theirs_text="" if stored is None else field.type.edit_text(stored, field, desk.formats),
        by=str(record.row.get("updated_by__title") or ""),
        slot=_slot(desk, record.entity, field) if _place(desk) == "cell" else "",
    )
    return desk.render("parts/editor_conflict.html", context, 409)


def _saved(desk: Desk, record: Record, field: Field, saved: bool) -> Response:
    if _place(desk) == "cell":
        rows = rows_of(record.entity, (_column(desk, record.entity, field),), desk.formats, writable=record.may_update)
        around = _around(desk, record.entity) if saved else ()
        return desk.render("parts/cell.html", contexts.SavedCell(rows.cell(field.name, record.row), *around))
    title = record.title if saved and field.name == record.entity.title else ""
    head = record_head(desk, record)
    context = contexts.SavedProp(
        prop=make_prop(desk, record, field, editable=record.may_update, saved=saved),
        changed=saved,
        company=head.company,
        tags=head.tags,
        facts=head.facts,
        title=title,
    )
    return desk.render("parts/prop_saved.html", context)


def _around(desk: Desk, entity: Entity) -> tuple[Any, ...]:
    """The sums and the count below the list that the cell stands in, and the numbers on its tabs."""
    behind, view = view_behind(desk, entity, desk.request.headers.get("hx-current-url", ""))
    return (*list_foot(behind, entity, view), tab_counts(desk, entity)) if isinstance(view, ListScreen) else ()


def _column(desk: Desk, entity: Entity, field: Field) -> Column:
    """The column of the field in any of the entity's lists: its slot on a phone card comes along."""
    screens = desk.workspace.blueprint.screens
    lists = [view for view in screens.views.get(entity.name, {}).values() if view.kind == "list"]
    columns = [column for view in lists for column in view.columns if column.field.name == field.name]
    return columns[0] if columns else Column(field, field.label, field.type.width, editable=True)
