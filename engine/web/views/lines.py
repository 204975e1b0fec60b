"""Line items on the record page: a row is added in place; its cells are edited like any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.binding import Bound, bind, gathered, left_empty
from engine.forms.controls import Filled
from engine.forms.model import LinesBlock
from engine.locale.text import Text
from engine.records.errors import Invalid, RecordNotFound
from engine.records.model import Record
from engine.records.query import Condition, PageRequest
from engine.records.writing import LineChange
from engine.schema.line_order import LINE_ORDER
from engine.schema.model import Entity, ListQuery
from engine.web.desk import Desk, WebRequest
from engine.web.flash import Flash
from engine.web.line_tables import LINES, line_table
from engine.web.titles import titles_of

LONGEST_ID = 16


def add_line(request: WebRequest) -> Response:
    """Add one line item from the row of controls under the table."""
    desk = Desk.of(request)
    record = desk.record()
    block = _block(desk, record)
    texts = gathered(request.form.multi_items())
    fields = [column.field for column in block.columns]
    bound = bind(fields, texts, desk.formats)
    errors = {**bound.errors, **left_empty(fields, bound)} if bound.errors else {}
    if not errors:
        try:
            change = LineChange(None, bound.values)
            desk.store.change(desk.actor, record.entity.name, record.id, {}, None, {block.field.name: [change]})
        except Invalid as invalid:
            prefix = f"{block.field.name}.0."
            errors = {name.removeprefix(prefix): text for name, text in invalid.errors.items()}
    if errors:
        return _refused(desk, record, block, bound, errors)
    here = f"/e/{record.entity.name}/{record.id}"
    if not request.is_htmx:
        return desk.redirect(here, Flash("record.saved", {"title": record.title}))
    added = contexts.LineAdded(here, request.csrf_token, line_table(desk, record, block, newest=True))
    return desk.render("parts/line_added.html", added)


def place_line(request: WebRequest) -> Response:
    """Put a line item in front of the one named, behind them all for none, one up where nothing is said."""
    desk = Desk.of(request)
    entity = desk.workspace.blueprint.entities.get(request.path_params["entity"])
    if entity is None or entity.line_of is None:
        raise RecordNotFound
    line = desk.store.get(desk.actor, entity.name, desk.record_id())
    parent, key = entity.line_of
    before = _above(desk, entity, line) if "before" not in request.form else _number(request.form["before"])
    with desk.store.begin(desk.actor, "ui") as write:
        write.place_line(entity.name, line.id, before)
    return Response() if request.is_htmx else desk.redirect(f"/e/{parent}/{line.row[key]}")


def _above(desk: Desk, entity: Entity, line: Record) -> int:
    """The line item right above this one; the first one itself."""
    key = entity.line_of[1] if entity.line_of else ""
    request = PageRequest((Condition(key, "any_of", (line.row[key],)),), limit=LINES)
    ids = [row["id"] for row in desk.store.list(desk.actor, ListQuery(entity.name, (), sort=LINE_ORDER), request).rows]
    return int(ids[max(ids.index(line.id) - 1, 0)]) if line.id in ids else line.id


def _number(text: str) -> int | None:
    """Raises `RecordNotFound` for what is no id."""
    if text and not (text.isascii() and text.isdigit() and len(text) <= LONGEST_ID):
        raise RecordNotFound
    return int(text) if text else None


def _refused(desk: Desk, record: Record, block: LinesBlock, bound: Bound, errors: Mapping[str, Text]) -> Response:
    """The row of controls again, with what was typed and what stands against it."""
    here = f"/e/{record.entity.name}/{record.id}"
    if not desk.request.is_htmx:
        return desk.redirect(f"{here}/edit")
    fields = [column.field for column in block.columns]
    named = [reference for field in fields for reference in field.references(bound.values.get(field.name))]
    filled = Filled({}, bound.typed, errors, titles_of(desk, named))
    own = {column.field.name for column in block.columns}
    table = replace(
        line_table(desk, record, block),
        add=replace(desk.controls, mark=f"{block.field.name}-").line(block, "new", "", filled, plain=True),
        add_error=" ".join(desk.text(text) for name, text in errors.items() if name not in own),
    )
    return desk.render("parts/line_refused.html", contexts.LineRefused(here, desk.request.csrf_token, table), 422)


def _block(desk: Desk, record: Record) -> LinesBlock:
    screen = desk.workspace.blueprint.screens.records[record.entity.name]
    name = desk.request.path_params["field"]
    block = next((block for block in screen.form.lines if block.field.name == name), None)
    if block is None:
        raise RecordNotFound
    return block
