"""Rows of a file on their way to the gateway: cells become values, names become records, keys become what exists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from engine.exchange.sheet import Row
from engine.locale.text import Text

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
