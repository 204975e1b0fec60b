"""The page of one record: head, stage path, sections, line items, related lists, history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.contexts import Fact, LineTable, Link, Prop, Related, Section, StagePath, Step
from engine.forms.controls import new_line
from engine.forms.list_rows import rows_of
from engine.forms.marks import person_mark, record_mark
from engine.forms.model import LinesBlock, RecordScreen, RelatedBlock
from engine.forms.values import value_of
from engine.records.errors import Refused
from engine.records.model import Record
from engine.records.query import Condition, PageRequest
from engine.schema.model import Entity, Field, ListQuery, Sort
from engine.schema.system_fields import WRITABLE
from engine.web.columns import column_head
from engine.web.desk import Desk, WebRequest
from engine.web.flash import Flash
from engine.web.rules import hidden_fields, locked_fields, needed_fields

RELATED = 8
"""Records a related list shows; the rest is a link to the whole list."""
LINES = 500
OPEN_SECTIONS = 3


def show_record(request: WebRequest) -> Response:
    desk = Desk.of(request)
    record = desk.record()
    partial = request.is_htmx and request.headers.get("hx-target", "").endswith("record")
    return desk.render("parts/record.html" if partial else "screens/record.html", record_context(desk, record))


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
    desk = Desk.of(request)
    entity, record_id = desk.entity(), desk.record_id()
    desk.store.restore(desk.actor, entity.name, record_id)
    record = desk.store.get(desk.actor, entity.name, record_id)
    return desk.redirect(f"/e/{entity.name}/{record_id}", Flash("record.restored", {"title": record.title}))


def record_context(desk: Desk, record: Record) -> contexts.RecordScreen:
    """Everything of the page; its statements: the record, its stages, and one for each list on it."""
    entity, head = record.entity, desk.head(record.entity)
    screen = desk.workspace.blueprint.screens.records[entity.name]
    deleted = record.row.get("deleted_at") is not None
    mark = person_mark(record.title) if entity.acts_as == "person" else record_mark(record.title)
    return contexts.RecordScreen(
        page=desk.page(record.title),
        entity=head,
        id=str(record.id),
        version=str(record.version),
        title=record.title,
        mark=mark,
        crumbs=(Link(head.plural, head.url, head.icon), Link(record.title, "", current=True)),
        sections=_sections(desk, record, screen, editable=record.may_update and not deleted),
        facts=facts(desk, record),
        path=_path(desk, record),
        lines=tuple(line_table(desk, record, block) for block in screen.form.lines),
        related=tuple(_related(desk, record, block) for block in _open_blocks(desk, screen)),
        may_edit=record.may_update and not deleted,
        may_delete=record.may_delete and not deleted,
        deleted=deleted,
    )


def facts(desk: Desk, record: Record) -> tuple[Fact, ...]:
    screen = desk.workspace.blueprint.screens.records[record.entity.name]
    shown = [field for field in screen.header if "pipeline" not in field.settings]
    return tuple(Fact(desk.text(field.label), value_of(field, record.row, desk.formats)) for field in shown[:3])


def make_prop(
    desk: Desk,
    record: Record,
    field: Field,
    *,
    editable: bool,
    locked: frozenset[str] = frozenset(),
    needed: frozenset[str] = frozenset(),
    saved: bool = False,
) -> Prop:
    """One field of the record, read first."""
    here = f"/e/{record.entity.name}/{record.id}"
    writable = (not field.system or field.name in WRITABLE) and "pipeline" not in field.settings
    may_edit = editable and writable and field.name not in locked
    reason = "record.locked_system" if not writable else "record.locked_now" if field.name in locked else ""
    return Prop(
        name=field.name,
        label=desk.text(field.label),
        icon=field.type.icon,
        value=value_of(field, record.row, desk.formats),
        url=f"{here}/cell/{field.name}" if may_edit else "",
        edit_url=f"{here}/edit",
        locked=desk.say(reason) if reason and "pipeline" not in field.settings else "",
        wide=field.type.wide,
        needed=field.name in needed,
        saved=saved,
    )


def _sections(desk: Desk, record: Record, screen: RecordScreen, editable: bool) -> tuple[Section, ...]:
    hidden = hidden_fields(desk, record.entity, record.row)
    locked = locked_fields(desk, record.entity, record.row)
    needed = needed_fields(desk, record.entity, record.row)
    sections = []
    for number, section in enumerate(screen.form.sections):
        props = tuple(
            make_prop(desk, record, cell.field, editable=editable, locked=locked, needed=needed)
            for cell in section.cells
            if cell.field.name not in hidden
        )
        if props:
            sections.append(Section(desk.text(section.label), props, open=number < OPEN_SECTIONS))
    return tuple(sections)


def _path(desk: Desk, record: Record) -> StagePath | None:
    field = record.entity.stage_field
    pipeline = desk.store.model.pipeline_of(field) if field else None
    if field is None or pipeline is None:
        return None
    now = str(record.row.get(field.name))
    keys = list(pipeline.stages)
    reached = keys.index(now) if now in keys else -1
    entered = {stage: (start, end) for stage, start, end in desk.store.stages(record.entity.name, record.id)}
    allowed = desk.store.moves(desk.actor, record.entity, record.row)
    lost = now in pipeline.stages and pipeline.stages[now].kind == "lost"
    steps = []
    for position, stage in enumerate(pipeline.stages.values()):
        state = "now" if stage.key == now else "done" if position < reached and not lost else "ahead"
        spent = ""
        if stage.key in entered and state != "ahead":
            start, end = entered[stage.key]
            days = ((end or desk.store.moment(desk.actor).now) - start).days
            spent = desk.say("record.days", count=days)
        label = desk.text(stage.label)
        steps.append(Step(stage.key, label, state, stage.kind, stage.hue, stage.key in allowed, spent))  # type: ignore[arg-type]
    return StagePath(desk.text(field.label), tuple(steps))


def line_table(desk: Desk, record: Record, block: LinesBlock, *, newest: bool = False) -> LineTable:
    """The line items of a record, with a row to add one; with `newest`, its rows are the last one added alone."""
    child = desk.workspace.blueprint.entities[block.field.target or ""]
    page = desk.store.list(
        desk.actor, _line_query(block), _belonging(str(block.field.settings["key"]), record.id, LINES)
    )
    may_add = record.may_update and record.row.get("deleted_at") is None
    rows = rows_of(child, block.columns, desk.formats, writable=may_add, removable=may_add)
    sums = {
        column.field.name: sum(row[column.field.name] or 0 for row in page.rows)
        for column in block.columns
        if column.total
    }
    heads = tuple(
        replace(
            column_head(desk, column, sortable=False),
            total=column.field.type.format(sums[column.field.name], column.field, desk.formats)
            if column.field.name in sums and page.rows
            else "",
            total_label=desk.say("list.sum") if column.field.name in sums else "",
        )
        for column in block.columns
    )
    return LineTable(
        field=block.field.name,
        label=desk.text(block.field.label),
        count=len(page.rows),
        heads=heads,
        rows=rows.render(page.rows[-1:] if newest else page.rows, csrf=desk.request.csrf_token),
        may_add=may_add,
        add=replace(desk.controls, mark=f"{block.field.name}-").line(block, "new", "", new_line(block), plain=True)
        if may_add
        else None,
    )


def _line_query(block: LinesBlock) -> ListQuery:
    fields = tuple(column.field.name for column in block.columns)
    return ListQuery(block.field.target or "", fields, sort=(Sort("created_at"),))


def _belonging(link: str, record_id: int, limit: int) -> PageRequest:
    return PageRequest(conditions=(Condition(link, "any_of", (record_id,)),), limit=limit)


def _open_blocks(desk: Desk, screen: RecordScreen) -> Iterable[RelatedBlock]:
    policy = desk.workspace.policy
    return (block for block in screen.related if policy.may_open(desk.actor, block.entity))


def _related(desk: Desk, record: Record, block: RelatedBlock) -> Related:
    other: Entity = desk.workspace.blueprint.entities[block.entity]
    page = desk.store.list(desk.actor, block.query, _belonging(block.by, record.id, RELATED))
    rows = rows_of(other, block.columns, desk.formats, writable=False)
    head = desk.head(other)
    condition = urlencode({"f": f"{block.by}:any_of:{record.id}"})
    return Related(
        name=f"{block.entity}-{block.by}",
        label=desk.text(block.label),
        icon=other.icon,
        count=len(page.rows),
        heads=tuple(column_head(desk, column, sortable=False) for column in block.columns),
        rows=rows.render(page.rows),
        add_url=f"{head.new_url}?{urlencode({block.by: record.id})}" if head.new_url else "",
        all_url=f"{head.url}?{condition}" if page.after else "",
    )
