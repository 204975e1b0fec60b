"""Creating and editing a record in a form: every error beside its field, nothing typed is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field as default, replace
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.binding import Bound, BoundLine, bind, bind_lines, gathered, left_empty
from engine.forms.contexts import FormError, FormSection, Link
from engine.forms.controls import NOTHING, ControlMaker, Filled, LineFilled
from engine.forms.model import FormScreen, LinesBlock
from engine.forms.values import text_of
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Conflict, Invalid, MoveRefused, Refused
from engine.records.model import Record, Row
from engine.records.writing import LineChange
from engine.schema.model import Entity, Field
from engine.web.desk import Desk, WebRequest
from engine.web.flash import Flash
from engine.web.form_lines import line_rows, lost_lines, stored_lines
from engine.web.rules import hidden_fields, locked_fields

OWN = ("_csrf", "version", "dialog", "for")


@dataclass(frozen=True, slots=True)
class Filling:
    """One form as it is filled in: what is stored, what was typed, what stands against it."""

    row: Row
    bound: Bound = default(default_factory=Bound)
    lines: Mapping[str, Sequence[BoundLine]] = default(default_factory=dict)
    errors: Mapping[str, Text] = default(default_factory=dict)
    conflict: Conflict | None = None


def new_record(request: WebRequest) -> Response:
    """The empty form, filled with defaults and with what the address gives."""
    desk = Desk.of(request)
    entity = _creatable(desk)
    return _form(desk, entity, None, Filling(_start(desk, entity)))


def create_record(request: WebRequest) -> Response:
    desk = Desk.of(request)
    entity = _creatable(desk)
    filling = _submitted(desk, entity, _start(desk, entity))
    if _rearranged(desk):
        return _form(desk, entity, None, filling)
    if filling.errors:
        return _form(desk, entity, None, filling, 422)
    try:
        values = {**_given(desk, entity), **filling.bound.values}
        record_id = desk.store.create(desk.actor, entity.name, values, _changes(filling))
    except (Invalid, MoveRefused) as refusal:
        return _form(desk, entity, None, _with_errors(filling, _errors(entity, refusal)), 422)
    record = desk.store.get(desk.actor, entity.name, record_id)
    if request.form.get("dialog"):
        return _picked(desk, record)
    return desk.redirect(f"/e/{entity.name}/{record_id}", Flash("record.created", {"title": record.title}))


def edit_record(request: WebRequest) -> Response:
    desk = Desk.of(request)
    record = _editable(desk)
    return _form(desk, record.entity, record, Filling(record.row))


def save_record(request: WebRequest) -> Response:
    desk = Desk.of(request)
    record = _editable(desk)
    entity = record.entity
    filling = _submitted(desk, entity, record.row)
    if _rearranged(desk):
        return _form(desk, entity, record, filling)
    if filling.errors:
        return _form(desk, entity, record, filling, 422)
    values, version = _chosen(desk, filling.bound.values)
    try:
        desk.store.change(desk.actor, entity.name, record.id, values, version, _changes(filling))
    except (Invalid, MoveRefused) as refusal:
        return _form(desk, entity, record, _with_errors(filling, _errors(entity, refusal)), 422)
    except Conflict as conflict:
        clashing = Filling(filling.row, filling.bound, filling.lines, filling.errors, conflict)
        return _form(desk, entity, record, clashing, 409)
    return desk.redirect(f"/e/{entity.name}/{record.id}", Flash("record.saved", {"title": record.title}))


# -- reading what was submitted


def _given(desk: Desk, entity: Entity) -> Mapping[str, Any]:
    """Values the address gives a new record: the stage of a board's lane, the account of a related list."""
    query = gathered((name, value) for name, value in desk.request.query.multi_items() if name in entity.fields)
    query |= {entity.title: desk.request.query["title"]} if desk.request.query.get("title") else {}
    return bind(_fields(desk, entity), query, desk.formats).values


def _start(desk: Desk, entity: Entity) -> Row:
    """A new record's defaults and what the address gives it."""
    return {**desk.store.blank(desk.actor, entity.name), **_given(desk, entity)}


def _creatable(desk: Desk) -> Entity:
    entity = desk.entity()
    if not desk.workspace.policy.may_create(desk.actor, entity.name):
        raise Refused(message_text("refused.create", entity=entity.plural))
    return entity


def _editable(desk: Desk) -> Record:
    record = desk.record()
    if not record.may_update or record.row.get("deleted_at") is not None:
        raise Refused(message_text("refused.update", entity=record.entity.label))
    return record


def _fields(desk: Desk, entity: Entity) -> tuple[Field, ...]:
    """The fields of the form, and the stage of a new record, which its board lane gives."""
    fields = _screen(desk, entity).fields
    stage = entity.stage_field
    return fields if stage is None or stage in fields else (*fields, stage)


def _screen(desk: Desk, entity: Entity) -> FormScreen:
    return desk.workspace.blueprint.screens.records[entity.name].form


def _submitted(desk: Desk, entity: Entity, row: Row) -> Filling:
    texts = gathered((name, value) for name, value in desk.request.form.multi_items() if name not in OWN)
    if removed := texts.pop("_remove", ""):
        texts[f"{removed}._delete"] = "1"
    bound = bind(_fields(desk, entity), texts, desk.formats)
    lines = {block.field.name: bind_lines(block, texts, desk.formats) for block in _screen(desk, entity).lines}
    errors = dict(bound.errors)
    for name, bound_lines in lines.items():
        for number, line in enumerate(bound_lines):
            errors |= {f"{name}.{number}.{inner}": text for inner, text in line.bound.errors.items()}
    return Filling(row, bound, lines, errors | _left_empty(desk, entity, bound, lines) if errors else {})


def _left_empty(desk: Desk, entity: Entity, bound: Bound, lines: Mapping[str, Sequence[BoundLine]]) -> dict[str, Text]:
    errors = left_empty(_fields(desk, entity), bound)
    for block in _screen(desk, entity).lines:
        fields = [column.field for column in block.columns]
        for number, line in enumerate(lines[block.field.name]):
            inner = {} if line.delete else left_empty(fields, line.bound)
            errors |= {f"{block.field.name}.{number}.{name}": text for name, text in inner.items()}
    return errors


def _rearranged(desk: Desk) -> bool:
    """A row of line items is added or removed without script: the form comes back, nothing is written."""
    return "_add" in desk.request.form or "_remove" in desk.request.form


def _changes(filling: Filling) -> dict[str, list[LineChange]]:
    return {
        name: [LineChange(line.id, line.bound.values, line.delete) for line in lines]
        for name, lines in filling.lines.items()
        if lines
    }


def _chosen(desk: Desk, values: Mapping[str, Any]) -> tuple[dict[str, Any], int | None]:
    """After a conflict: the fields kept as mine are written over the newest version, those chosen as theirs are not."""
    choices = {
        name.removeprefix("choose__"): value
        for name, value in desk.request.form.multi_items()
        if name.startswith("choose__")
    }
    kept = {name: value for name, value in values.items() if choices.get(name) != "theirs"}
    return kept, desk.version()


def _with_errors(filling: Filling, errors: Mapping[str, Text]) -> Filling:
    return Filling(filling.row, filling.bound, filling.lines, errors, filling.conflict)


def _errors(entity: Entity, refusal: Invalid | MoveRefused) -> Mapping[str, Text]:
    if isinstance(refusal, Invalid):
        return refusal.errors
    stage = entity.stage_field
    missing = {name: message_text("value.required", label=entity.fields[name].label) for name in refusal.missing}
    return missing | ({stage.name: refusal.reason} if stage and refusal.reason else {})


# -- showing the form


def _form(desk: Desk, entity: Entity, record: Record | None, filling: Filling, status: int = 200) -> Response:
    head = desk.head(entity)
    title = desk.say("form.edit_title", title=record.title) if record else desk.say("form.new_title", entity=head.label)
    here = f"{head.url}/{record.id}" if record else head.url
    last = Link(record.title, here) if record else Link(title, "", current=True)
    dialog = bool(desk.request.query.get("dialog") or desk.request.form.get("dialog"))
    controls = _Controls(desk, entity, filling, replace(desk.controls, mark="d-") if dialog else desk.controls)
    context = contexts.FormScreen(
        page=desk.page(title),
        entity=head,
        crumbs=(Link(head.plural, head.url, head.icon), last),
        title=title,
        action=f"{here}/edit" if record else _new_url(desk, entity),
        sections=controls.sections(_screen(desk, entity), dialog),
        submit=desk.say("form.save") if record else desk.say("form.create", entity=head.label),
        cancel_url=here,
        version=_version(record, filling),
        errors=controls.summary(),
        conflicts=_conflicts(desk, entity, record, filling),
        for_field=desk.request.query.get("for", desk.request.form.get("for", "")),
    )
    return desk.render("parts/form_dialog.html" if dialog else "screens/form.html", context, status)


def _new_url(desk: Desk, entity: Entity) -> str:
    """Where a new record is posted: what the address gives it goes along."""
    kept = [(name, value) for name, value in desk.request.query.multi_items() if name in entity.fields]
    return f"/e/{entity.name}/new" + (f"?{urlencode(kept)}" if kept else "")


def _version(record: Record | None, filling: Filling) -> str:
    """The version the person read; after a conflict the newest one, because both values are shown now."""
    if filling.conflict:
        return str(filling.conflict.details.version)
    return str(record.version) if record else ""


@dataclass(frozen=True)
class _Controls:
    desk: Desk
    entity: Entity
    filling: Filling
    maker: ControlMaker

    def sections(self, screen: FormScreen, dialog: bool) -> tuple[FormSection, ...]:
        values = {**self.filling.row, **self.filling.bound.values}
        hidden = hidden_fields(self.desk, self.entity, values)
        locked = locked_fields(self.desk, self.entity, self.filling.row) if "id" in self.filling.row else frozenset()
        filled = Filled(self.filling.row, self.filling.bound.typed, self.filling.errors, self._titles())
        sections = []
        for section in screen.sections:
            controls = tuple(
                self.maker.control(cell.field, filled, readonly=cell.field.name in locked, wide=cell.width == "full")
                for cell in section.cells
                if self._shown(cell.field, hidden)
            )
            if controls:
                sections.append(FormSection(self.desk.text(section.label), controls))
        if not dialog:
            sections += [self._lines(block) for block in screen.lines]
        return tuple(sections)

    def summary(self) -> tuple[FormError, ...]:
        return tuple(self._error(name, text) for name, text in self.filling.errors.items())

    def _shown(self, field: Field, hidden: frozenset[str]) -> bool:
        """A field whose error or typed text would be lost is shown even when a rule hides it now."""
        return field.name not in hidden or field.name in self.filling.errors

    def _lines(self, block: LinesBlock) -> FormSection:
        submitted = self.filling.lines.get(block.field.name)
        rows: Sequence[Row] = ()
        if "id" in self.filling.row:
            rows = stored_lines(self.desk, block, int(self.filling.row["id"]))
        shown = line_rows(self.desk, block, rows, submitted, self.filling.errors)
        shown += lost_lines(rows, submitted)
        if self.desk.request.form.get("_add") == block.field.name:
            shown.append(LineFilled("", NOTHING))
        return FormSection("", (self.maker.lines(block, shown),))

    def _titles(self) -> Mapping[tuple[str, int], str]:
        """Titles of the records that submitted or given links name."""
        wanted: dict[str, set[int]] = {}
        for field in _fields(self.desk, self.entity):
            value = self.filling.bound.values.get(field.name, self.filling.row.get(field.name))
            if field.target and isinstance(value, int):
                wanted.setdefault(field.target, set()).add(value)
        return titles_of(self.desk, wanted)

    def _error(self, name: str, text: Text) -> FormError:
        first, *rest = name.split(".")
        field = self.entity.fields.get(first)
        if field is not None and rest and field.target:
            field = self.desk.workspace.blueprint.entities[field.target].fields.get(rest[-1], field)
        label = self.desk.text(field.label) if field else ""
        return FormError(self.maker.mark + name.replace(".", "-") if field else "", label, self.desk.text(text))


def titles_of(desk: Desk, wanted: Mapping[str, set[int]]) -> dict[tuple[str, int], str]:
    """Titles by (entity, id), as far as the actor may read them; one statement per entity."""
    return {
        (entity, record_id): title
        for entity, ids in wanted.items()
        for record_id, title in desk.store.titles(desk.actor, entity, sorted(ids)).items()
    }


def _conflicts(desk: Desk, entity: Entity, record: Record | None, filling: Filling) -> tuple[contexts.Conflict, ...]:
    if filling.conflict is None or record is None:
        return ()
    wanted: dict[str, set[int]] = {}
    for clash in filling.conflict.details.clashes:
        target = entity.fields[clash.field].target
        if target:
            wanted.setdefault(target, set()).update(i for i in (clash.wanted, clash.stored) if isinstance(i, int))
    titles = titles_of(desk, wanted)
    by, at = str(record.row.get("updated_by__title") or ""), record.row.get("updated_at")
    return tuple(
        contexts.Conflict(
            name=clash.field,
            label=desk.text(entity.fields[clash.field].label),
            mine=_shown(desk, entity.fields[clash.field], clash.wanted, titles),
            theirs=_shown(desk, entity.fields[clash.field], clash.stored, titles),
            by=by,
            when=desk.formats.ago(at, desk.store.moment(desk.actor).now) if at else "",
        )
        for clash in filling.conflict.details.clashes
    )


def _shown(desk: Desk, field: Field, value: Any, titles: Mapping[tuple[str, int], str]) -> str:
    return text_of(field, value, desk.formats, titles.get((field.target or "", value), "") if field.target else "")


def _picked(desk: Desk, record: Record) -> Response:
    """Tells the page that asked for it that a record was made, for the picker that wants it."""
    picked = {"id": str(record.id), "title": record.title, "for": desk.request.form.get("for", "")}
    return Response(status_code=200, headers={"hx-trigger": json.dumps({"picked": picked})})
