"""The fields of a record as they are read, one property each, in the sections of its form."""

from __future__ import annotations

from dataclasses import replace

from engine.forms.contexts import Prop, Section
from engine.forms.model import RecordScreen
from engine.forms.values import value_of
from engine.records.model import Record
from engine.schema.model import Field
from engine.schema.system_fields import WRITABLE
from engine.web.desk import Desk
from engine.web.file_blocks import FileBlocks
from engine.web.rules import hidden_fields, locked_fields, needed_fields

OPEN_SECTIONS = 3


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
    reason = (
        "record.locked_system" if not writable or field.given else "record.locked_now" if field.name in locked else ""
    )
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


def sections(
    desk: Desk, record: Record, screen: RecordScreen, needed_next: frozenset[str], *, editable: bool
) -> tuple[Section, ...]:
    """The sections that have something to show; `needed_next` are fields the next stage asks for."""
    hidden = hidden_fields(desk, record.entity, record.row)
    locked = locked_fields(desk, record.entity, record.row)
    needed = needed_fields(desk, record.entity, record.row) | needed_next
    blocks = FileBlocks(desk, record)
    shown = []
    for number, section in enumerate(screen.form.sections):
        props = tuple(
            _with_files(
                blocks, cell.field, make_prop(desk, record, cell.field, editable=editable, locked=locked, needed=needed)
            )
            for cell in section.cells
            if cell.field.name not in hidden
        )
        if props:
            shown.append(Section(section.id, desk.text(section.label), props, open=number < OPEN_SECTIONS))
    return tuple(shown)


def _with_files(blocks: FileBlocks, field: Field, prop: Prop) -> Prop:
    """Files have a block of their own in the place of the value."""
    if not field.type.holds_files:
        return prop
    return replace(prop, url="", block=blocks.block(field, editable=bool(prop.url)))
