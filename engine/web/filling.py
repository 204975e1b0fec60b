"""One form as it is filled in: what the address gives, what was submitted, what stands against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field as default, replace
from datetime import datetime
from typing import Any

from engine.forms.binding import Bound, BoundLine, bind, bind_lines, gathered, left_empty
from engine.forms.columns import is_lines, is_writable
from engine.forms.model import FormScreen
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Conflict, Invalid, MoveRefused
from engine.records.model import Row
from engine.records.writing import LineChange
from engine.schema.model import Entity, Field
from engine.web.by_title import with_titles
from engine.web.desk import Desk
from engine.web.shown_links import with_shown
from engine.web.staging import stage_all

OWN = ("_csrf", "version", "dialog", "for")


@dataclass(frozen=True, slots=True)
class Filling:
    """One form as it is filled in: what is stored, what was typed, what stands against it."""

    row: Row
    bound: Bound = default(default_factory=Bound)
    lines: Mapping[str, Sequence[BoundLine]] = default(default_factory=dict)
    errors: Mapping[str, Text] = default(default_factory=dict)
    conflict: Conflict | None = None


def given_by_address(desk: Desk, entity: Entity) -> Mapping[str, Any]:
    """Values the address gives a new record: the stage of a board's lane, the account of a related list."""
    query = gathered((name, value) for name, value in desk.request.query.multi_items() if name in entity.fields)
    query |= {entity.title: desk.request.query["title"]} if desk.request.query.get("title") else {}
    return bind(form_fields(desk, entity), query, desk.formats).values


def start_row(desk: Desk, entity: Entity) -> Row:
    """A new record's defaults and what the address gives it; a moment is one that a person would type."""
    blank = {name: _to_the_minute(value) for name, value in desk.store.blank(desk.actor, entity.name).items()}
    return {**blank, **_copied(desk, entity), **given_by_address(desk, entity)}


def _to_the_minute(value: Any) -> Any:
    return value.replace(second=0, microsecond=0) if isinstance(value, datetime) else value


def _copied(desk: Desk, entity: Entity) -> Row:
    """`?copy=<id>`: what a new record takes over from another one; never what is unique, numbered, or its stage.
    Raises `RecordNotFound`."""
    source = copy_source(desk)
    if source is None:
        return {}
    row = desk.store.get(desk.actor, entity.name, source).row
    copied = [field for field in entity.declared if field.copy and is_writable(field) and not _own(field)]
    names = [name for field in copied for name in (field.name, f"{field.name}__title") if name in row]
    return {name: row[name] for name in names}


def copy_source(desk: Desk) -> int | None:
    """The id in `?copy=<id>`."""
    text = desk.request.query.get("copy", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 17 else None


def _own(field: Field) -> bool:
    return is_lines(field) or field.compared or field.given or field.type.holds_files or "pipeline" in field.settings


def form_fields(desk: Desk, entity: Entity) -> tuple[Field, ...]:
    """The fields of the form, and the stage of a new record, which its board lane gives."""
    fields = form_screen(desk, entity).fields
    stage = entity.stage_field
    return fields if stage is None or stage in fields else (*fields, stage)


def form_screen(desk: Desk, entity: Entity) -> FormScreen:
    return desk.workspace.blueprint.screens.records[entity.name].form


def submitted(desk: Desk, entity: Entity, row: Row) -> Filling:
    staged = stage_all(desk, form_fields(desk, entity))
    pairs = [(name, value) for name, value in desk.request.form.multi_items() if name not in OWN]
    texts = gathered([*(pair for pair in pairs if pair[0] not in staged.replaced), *staged.lines])
    if removed := texts.pop("_remove", ""):
        texts[f"{removed}._delete"] = "1"
    texts, unknown = with_titles(desk, form_fields(desk, entity), texts)
    bound = bind(form_fields(desk, entity), texts, desk.formats)
    bound = with_shown(form_fields(desk, entity), bound, texts, row)
    blocks, kept = form_screen(desk, entity).lines, is_rearranged(desk)
    lines = {block.field.name: bind_lines(block, texts, desk.formats, keep_empty=kept) for block in blocks}
    if up := texts.get("_up", ""):
        lines = {name: one_up(bound_lines, up.removeprefix(f"{name}.")) for name, bound_lines in lines.items()}
    bound = replace(bound, typed={**bound.typed, **unknown.typed})
    errors = {**unknown.errors, **bound.errors, **staged.errors}
    for name, bound_lines in lines.items():
        for number, line in enumerate(bound_lines):
            errors |= {f"{name}.{number}.{inner}": text for inner, text in line.bound.errors.items()}
    return Filling(
        row, bound, lines, errors | _left_empty(desk, entity, bound, lines) | staged.errors if errors else {}
    )


def _left_empty(desk: Desk, entity: Entity, bound: Bound, lines: Mapping[str, Sequence[BoundLine]]) -> dict[str, Text]:
    errors = left_empty(form_fields(desk, entity), bound)
    for block in form_screen(desk, entity).lines:
        fields = [column.field for column in block.columns]
        for number, line in enumerate(lines[block.field.name]):
            inner = {} if line.delete else left_empty(fields, line.bound)
            errors |= {f"{block.field.name}.{number}.{name}": text for name, text in inner.items()}
    return errors


def is_rearranged(desk: Desk) -> bool:
    """A row of line items is added, removed or moved without script: the form comes back, nothing is written."""
    return any(name in desk.request.form for name in ("_add", "_remove", "_up"))


def line_changes(filling: Filling) -> dict[str, list[LineChange]]:
    return {
        name: [LineChange(line.id, line.bound.values, line.delete, line.version, line.place) for line in lines]
        for name, lines in filling.lines.items()
        if lines
    }


def one_up(lines: tuple[BoundLine, ...], number: str) -> tuple[BoundLine, ...]:
    """The line items with the one of this number in front of the one before it; what is deleted is in nobody's way."""
    shown = [line for line in lines if not line.delete]
    at = next((place for place, line in enumerate(shown) if str(line.index) == number), 0)
    if at:
        shown[at - 1], shown[at] = shown[at], shown[at - 1]
    return (*shown, *(line for line in lines if line.delete))


def chosen_values(desk: Desk, values: Mapping[str, Any]) -> tuple[dict[str, Any], int | None]:
    """After a conflict: the fields kept as mine are written over the newest version, those chosen as theirs are not."""
    choices = {
        name.removeprefix("choose__"): value
        for name, value in desk.request.form.multi_items()
        if name.startswith("choose__")
    }
    kept = {name: value for name, value in values.items() if choices.get(name) != "theirs"}
    return kept, desk.version()


def everything_wrong(desk: Desk, entity: Entity, record_id: int | None, filling: Filling) -> Filling:
    """With what the gateway would say too, so that nobody mends a form in two rounds."""
    given = given_by_address(desk, entity) if record_id is None else {}
    values = {**given, **filling.bound.values}
    with desk.store.begin(desk.actor, "ui") as write:
        judged = write.judge(entity.name, record_id, values, line_changes(filling), frozenset(filling.errors))
    return with_errors(filling, judged | dict(filling.errors))


def with_errors(filling: Filling, errors: Mapping[str, Text]) -> Filling:
    return Filling(filling.row, filling.bound, filling.lines, errors, filling.conflict)


def errors_of(entity: Entity, refusal: Invalid | MoveRefused) -> Mapping[str, Text]:
    if isinstance(refusal, Invalid):
        return refusal.errors
    stage = entity.stage_field
    missing = {name: message_text("value.required", label=entity.fields[name].label) for name in refusal.missing}
    return missing | ({stage.name: refusal.reason} if stage and refusal.reason else {})
