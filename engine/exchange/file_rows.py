"""Rows of a file on their way to the gateway: cells become values, names become records, keys become what exists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from engine.exchange.plan import ImportPlan
from engine.exchange.sheet import Row
from engine.locale.text import Text
from engine.schema.model import Entity

FaultKind = Literal["choice", "link", "many_links", "required", "value", "rule", "duplicate", "row"]
Action = Literal["create", "update", "skip", "refuse"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What stands against a row, or is to be known of it: the field, the column and its text, and the sentence."""

    kind: FaultKind
    reason: Text
    field: str = ""
    position: int | None = None
    text: str = ""


@dataclass(slots=True)
class FileRow:
    """`values` by field name; a link to a record that is to be made first has an id below 0."""

    row: Row
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    record_id: int | None = None
    action: Action = "create"
    made: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Field -> (entity, title) of the linked record that is to be made first."""

    @property
    def line(self) -> int:
        return self.row.line

    def refuse(self, *faults: Fault) -> None:
        self.faults += faults
        self.action = "refuse"


def is_late(row: FileRow, entity: Entity, plan: ImportPlan) -> bool:
    """Whether nothing is wrong with a row but that it names a record of the same entity which is not there: another row
    of the file may bring it."""
    if row.action != "refuse" or any(fault.kind != "link" for fault in row.faults):
        return False
    fields = [entity.fields.get(fault.field) for fault in row.faults]
    columns = {column.field: column for column in plan.mapped}
    return all(field is not None and field.target == entity.name and not columns[field.name].by for field in fields)
