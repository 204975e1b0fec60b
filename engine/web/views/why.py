"""`/e/<entity>/<id>/why/<field>`: why a computed value is what it is, in a dialog or as a page."""

from __future__ import annotations

from starlette.responses import Response

from engine.records.errors import RecordNotFound
from engine.records.model import Record
from engine.schema.model import Field
from engine.web.desk import Desk, WebRequest
from engine.web.rules import hidden_fields
from engine.web.why import why_screen


def show_why(request: WebRequest) -> Response:
    desk = Desk.of(request)
    record = _record(desk)
    context = why_screen(desk, record, _field(desk, record))
    return desk.render("parts/why.html" if request.is_htmx else "screens/why.html", context)


def _record(desk: Desk) -> Record:
    """The record of the address, also a line item. Raises `RecordNotFound`."""
    entity = desk.workspace.blueprint.entities.get(desk.request.path_params["entity"])
    if entity is not None and entity.line_of:
        return desk.store.get(desk.actor, entity.name, desk.record_id())
    return desk.record()


def _field(desk: Desk, record: Record) -> Field:
    """The computed field of the address, if its page shows it. Raises `RecordNotFound`."""
    field = record.entity.fields.get(desk.request.path_params["field"])
    if field is None or field.computed is None or field.name in hidden_fields(desk, record.entity, record.row):
        raise RecordNotFound
    return field
