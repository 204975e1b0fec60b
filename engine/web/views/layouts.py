"""A person arranges the columns of a view: which are shown in what order, how wide, which stay in sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from engine.forms.column_layout import ColumnLayout, widths_of
from engine.forms.model import Column
from engine.records.errors import RecordNotFound
from engine.web.desk import Desk, WebRequest
from engine.web.list_columns import view_columns
from engine.web.security import local_path
from engine.web.view_opening import open_view


def save_layout(request: WebRequest) -> Response:
    """`/e/<entity>/v/<view>/layout`: whichever is sent of `cols` with `pins`, `widths` and `reset`."""
    desk = Desk.of(request)
    entity = desk.entity()
    desk, view = open_view(desk, entity)
    if view.kind != "list" or desk.actor.user_id is None:
        raise RecordNotFound
    columns, _ = view_columns(desk, entity, view)
    request.services.layouts.change(
        desk.actor, entity.name, view.name, lambda stored: _changed(request, stored, columns)
    )
    if request.is_htmx:
        return Response(status_code=204)
    return desk.redirect(local_path(request.form.get("next", f"/e/{entity.name}/v/{view.name}")))


def _changed(request: WebRequest, stored: Any, columns: tuple[Column, ...]) -> Mapping[str, Any]:
    if "reset" in request.form:
        return {}
    layout = ColumnLayout.read(stored)
    if "widths" in request.form:
        layout = replace(layout, widths=widths_of(request.form["widths"]))
    if shown := [name for text in request.form.getlist("cols") for name in text.split(",") if name]:
        hidden = [column.field.name for column in columns[1:] if column.field.name not in shown]
        pins = [name for text in request.form.getlist("pins") for name in text.split(",") if name in shown[1:]]
        layout = replace(layout, order=tuple(shown), hidden=tuple(hidden), pins=tuple(pins))
    return ColumnLayout.read(layout.stored()).stored()
