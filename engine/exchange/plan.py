"""What an import is to do: where each column goes, how a record is recognised, what happens to one that exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field as default, fields, replace
from typing import Any, Literal

Mended = Mapping[int, Mapping[int, str]]
"""Line of the file -> position -> the text that stands there instead of its own."""
Confidence = Literal["sure", "guessed", "none", "chosen"]
Reason = Literal["", "name", "label", "similar", "values", "past", "recipe"]
DateOrder = Literal["", "dmy", "mdy", "ymd"]
Mode = Literal["create", "update", "both"]
MODES: tuple[Mode, ...] = ("create", "update", "both")
DATE_ORDERS: tuple[DateOrder, ...] = ("", "dmy", "mdy", "ymd")
ID = "id"
"""What a column with the ids of records goes to."""


def date_order(written: str) -> DateOrder:
    return next((order for order in DATE_ORDERS if order == written), "")


def mode(written: str) -> Mode:
    return next((each for each in MODES if each == written), "create")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """One column of the file. `field` is None for a column that is not imported."""

    position: int
    header: str = ""
    field: str | None = None
    by: str = ""
    """How a linked record is named: by its title, or by a field of it, or by `id`."""
    create_missing: bool = False
    """A linked record that is not there is made, with its title."""
    date_order: DateOrder = ""
    values: Mapping[str, str] = default(default_factory=dict)
    """Text in the file -> what is read instead: the key of an option, or another text; "" leaves it empty."""
    blank_bad: bool = False
    """What cannot be read is left empty instead of keeping the row out."""
    month_end: bool = False
    """A day that its month does not have is the last one of that month."""
    fill_from: int | None = None
    """The position of a column whose text stands in for an empty cell."""
    confidence: Confidence = "none"
    reason: Reason = ""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """With `create` and a key, records that exist are left alone; with `update`, rows without a record are."""

    columns: tuple[ColumnMap, ...] = ()
    mode: Mode = "create"
    key: tuple[str, ...] = ()
    """The fields a record is recognised by; none: every row is a new record."""
    fixed: Mapping[str, str] = default(default_factory=dict)
    """Field -> one text for every row."""
    decimal: str = "."
    """The decimal sign of numbers written as text."""
    mended: Mended = default(default_factory=dict)

    @property
    def mapped(self) -> tuple[ColumnMap, ...]:
        return tuple(column for column in self.columns if column.field is not None)

    def column(self, field_name: str) -> ColumnMap | None:
        """The column that goes to a field."""
        return next((column for column in self.columns if column.field == field_name), None)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def mend(self, line: int, position: int, text: str | None) -> ImportPlan:
        """The plan with another text in a cell; None puts the file's own back."""
        cells = {place: other for place, other in self.mended.get(line, {}).items() if place != position}
        if text is not None:
            cells[position] = text
        lines = {other: kept for other, kept in self.mended.items() if other != line}
        return replace(self, mended=lines | ({line: cells} if cells else {}))

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> ImportPlan:
        names = {item.name for item in fields(ColumnMap)}
        columns = tuple(
            ColumnMap(**{name: value for name, value in each.items() if name in names}) for each in kept["columns"]
        )
        plan = cls(columns, kept["mode"], tuple(kept["key"]))
        mended = {
            int(line): {int(place): text for place, text in cells.items()}
            for line, cells in kept.get("mended", {}).items()
        }
        return replace(plan, fixed=dict(kept.get("fixed", {})), decimal=kept.get("decimal", "."), mended=mended)
