"""The fields of a record as they are read, one property each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.forms.contexts import Prop, Value
from engine.forms.marks import person_mark
from engine.forms.values import value_of
from engine.records.model import Record
from engine.schema.model import Field
from engine.schema.system_fields import WRITABLE
from engine.web.desk import Desk
from engine.web.file_blocks import FileBlocks
from engine.web.rules import hidden_fields, locked_fields, needed_fields
from engine.web.worked_out import made_of


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
        icon=_icon(desk, field),
        value=_with_kind(desk, field, record, value_of(field, record.row, desk.formats)),
        url=f"{here}/cell/{field.name}" if may_edit else "",
        edit_url=f"{here}/edit",
        locked=_locked(desk, field, reason) if reason and "pipeline" not in field.settings else "",
        wide=field.type.wide,
        needed=field.name in needed,
        saved=saved,
        why_url=f"{here}/why/{field.name}" if field.computed else "",
    )


def _locked(desk: Desk, field: Field, reason: str) -> str:
    """Why a field cannot be edited; of a computed one, how it comes to its value."""
    return desk.say("record.worked_out", expression=made_of(desk, field)) if field.computed else desk.say(reason)


def _with_kind(desk: Desk, field: Field, record: Record, value: Value) -> Value:
    """A record of one of several entities is shown with its entity; the circle of a person tells who is one."""
    if field.type.kept_apart or not (field.target or field.targets) or not value.text:
        return value
    ((name, _),) = field.references(record.row[field.name])
    entity = desk.workspace.blueprint.entities[name]
    if entity.acts_as == "person":
        value = replace(value, mark=person_mark(value.text))
    return replace(value, kind=desk.text(entity.label), icon=entity.icon) if field.targets else value


def _icon(desk: Desk, field: Field) -> str:
    """A link has the icon of what it leads to."""
    linked = desk.workspace.blueprint.entities.get(field.target or "")
    return linked.icon if linked and not linked.builtin else field.type.icon


def _with_files(blocks: FileBlocks, field: Field, prop: Prop) -> Prop:
    """Files have a block of their own in the place of the value."""
    if not field.type.holds_files:
        return prop
    return replace(prop, url="", block=blocks.block(field, editable=bool(prop.url)))


@dataclass(frozen=True, slots=True)
class PropMaker:
    """Makes the properties of one record; what the rules say about it is judged once."""

    desk: Desk
    record: Record
    editable: bool
    hidden: frozenset[str]
    locked: frozenset[str]
    needed: frozenset[str]
    files: FileBlocks

    @classmethod
    def of(cls, desk: Desk, record: Record, needed_next: frozenset[str], *, editable: bool) -> PropMaker:
        entity, row = record.entity, record.row
        needed = needed_fields(desk, entity, row) | needed_next
        hidden, locked = hidden_fields(desk, entity, row), locked_fields(desk, entity, row)
        return cls(desk, record, editable, hidden, locked, needed, FileBlocks(desk, record))

    def make(self, fields: Iterable[Field]) -> tuple[Prop, ...]:
        shown = [field for field in fields if field.name not in self.hidden]
        return tuple(_with_files(self.files, field, self._prop(field)) for field in shown)

    def _prop(self, field: Field) -> Prop:
        return make_prop(self.desk, self.record, field, editable=self.editable, locked=self.locked, needed=self.needed)
