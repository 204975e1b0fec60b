"""The table of a pivot: cells from one grouped statement, totals of rows, columns and all, exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from engine.forms.contexts import PivotCell, PivotHead, PivotRow
from engine.forms.model import Measure, PivotGroup, PivotScreen
from engine.records.pivots import Cell
from engine.records.query import PageRequest
from engine.schema.model import Entity, Field
from engine.web.desk import Desk
from engine.web.pivot_groups import Groups

ROWS, COLUMNS = 200, 50
CELLS = 10_000
Keys = tuple[Any, ...]


@dataclass(slots=True)
class Amount:
    """What some cells hold together."""

    count: int = 0
    sums: dict[str, Any] = field(default_factory=dict)
    filled: dict[str, int] = field(default_factory=dict)

    def add(self, cell: Cell) -> None:
        self.count += cell.count
        for name, value in cell.sums.items():
            self.sums[name] = self.sums.get(name, 0) + value
            self.filled[name] = self.filled.get(name, 0) + cell.filled[name]

    def value(self, measure: Measure) -> Any:
        """None where there is nothing to take an average of."""
        if measure.field is None:
            return self.count
        total, filled = self.sums.get(measure.field.name, 0), self.filled.get(measure.field.name, 0)
        if measure.function == "sum":
            return total
        return Decimal(total) / filled if filled else None


@dataclass(frozen=True)
class PivotTable:
    desk: Desk
    entity: Entity
    view: PivotScreen
    rows_by: tuple[PivotGroup, ...]
    across: PivotGroup | None
    measures: tuple[Measure, ...]
    request: PageRequest
    conditions: tuple[str, ...]
    """The filters of the address, which every list behind a number keeps."""

    @cached_property
    def sides(self) -> tuple[Groups, ...]:
        return tuple(Groups(self.desk, group) for group in self.rows_by)

    @cached_property
    def top(self) -> Groups | None:
        return Groups(self.desk, self.across) if self.across else None

    @cached_property
    def _cells(self) -> Sequence[Cell]:
        names = list(dict.fromkeys(m.field.name for m in self.measures if m.field))
        asked = [side.asked() for side in (*self.sides, *([self.top] if self.top else []))]
        return self.desk.store.pivot(self.desk.actor, self.view.query, asked, names, self.request, CELLS)

    @cached_property
    def _amounts(self) -> Mapping[tuple[Keys | None, Any], Amount]:
        """By row and column; None is all rows, "all" all columns."""
        found: dict[tuple[Keys | None, Any], Amount] = {}
        for cell in self._cells:
            row, column = self._place(cell)
            for place in {(row, column), (row, ALL), (None, column), (None, ALL)}:
                found.setdefault(place, Amount()).add(cell)
        return found

    def _place(self, cell: Cell) -> tuple[Keys, Any]:
        count = len(self.sides)
        row = tuple(side.key(value) for side, value in zip(self.sides, cell.keys, strict=False))
        return row, self.top.key(cell.keys[count]) if self.top else ALL

    @cached_property
    def _titles(self) -> Mapping[tuple[int, Any], str]:
        return {(number, key): cell.titles[number] for cell in self._cells for number, key in enumerate(cell.keys)}

    @cached_property
    def row_keys(self) -> list[Keys]:
        """The largest rows, in their order."""
        return self._kept([row for row, column in self._amounts if row is not None and column == ALL], ROWS, self._row)

    @cached_property
    def column_keys(self) -> list[Any]:
        if self.top is None:
            return []
        top, number = self.top, len(self.sides)
        keys = [column for row, column in self._amounts if row is None and column != ALL]
        counts = {key: self._amounts[(None, key)].count for key in keys}
        largest = sorted(keys, key=lambda key: -counts[key])[:COLUMNS]
        return sorted(largest, key=lambda key: top.order(key, self._titles.get((number, key), "")))

    def _kept(self, keys: list[Keys], most: int, order: Any) -> list[Keys]:
        largest = sorted(keys, key=lambda key: -self._amounts[(key, ALL)].count)[:most]
        return sorted(largest, key=order)

    def _row(self, keys: Keys) -> tuple[Any, ...]:
        pairs = enumerate(zip(self.sides, keys, strict=True))
        return tuple(side.order(key, self._titles.get((number, key), "")) for number, (side, key) in pairs)

    def columns(self) -> tuple[PivotHead, ...]:
        if self.top is None:
            return ()
        number = len(self.sides)
        return tuple(
            PivotHead(self.top.name(key, self._titles.get((number, key), "")), len(self.measures))
            for key in self.column_keys
        )

    def rows(self) -> tuple[PivotRow, ...]:
        made = []
        for number, keys in enumerate(self.row_keys):
            heads = []
            for level, (side, key) in enumerate(zip(self.sides, keys, strict=True)):
                before = self.row_keys[number - 1] if number else None
                if level < len(keys) - 1 and before and before[: level + 1] == keys[: level + 1]:
                    continue
                span = sum(other[: level + 1] == keys[: level + 1] for other in self.row_keys)
                last = level == len(keys) - 1
                heads.append(PivotHead(side.name(key, self._titles.get((level, key), "")), 1 if last else span))
            made.append(PivotRow(tuple(heads), self._drawn(keys)))
        return tuple(made)

    def totals(self) -> tuple[PivotCell, ...]:
        return self._drawn(None)

    def left_out(self) -> tuple[int, int]:
        """How many rows and columns are not drawn."""
        rows = sum(row is not None and column == ALL for row, column in self._amounts)
        columns = sum(row is None and column != ALL for row, column in self._amounts)
        return rows - len(self.row_keys), columns - len(self.column_keys)

    @property
    def is_cut(self) -> bool:
        return len(self._cells) >= CELLS

    def _drawn(self, keys: Keys | None) -> tuple[PivotCell, ...]:
        places = [*self.column_keys, ALL]
        return tuple(self._cell(keys, column, measure) for column in places for measure in self.measures)

    def _cell(self, keys: Keys | None, column: Any, measure: Measure) -> PivotCell:
        amount = self._amounts.get((keys, column))
        value = amount.value(measure) if amount else None
        if amount is None or value is None:
            return PivotCell("")
        inside = keys is not None and column != ALL
        most = self._most.get(measure.key, 0) if inside else 0
        heat = int(value * 100 / most) if most > 0 and value > 0 else 0
        return PivotCell(self._written(measure, value), self._url(keys, column), heat)

    @cached_property
    def _most(self) -> Mapping[str, Any]:
        """The largest number of each measure inside the table."""
        inside = [amount for (row, column), amount in self._amounts.items() if row is not None and column != ALL]
        return {
            measure.key: max((amount.value(measure) or 0 for amount in inside), default=0) for measure in self.measures
        }

    def _written(self, measure: Measure, value: Any) -> str:
        formats = self.desk.formats
        if measure.field is None:
            return formats.number(value)
        return written(measure.field, value, self.desk, averaged=measure.function == "avg")

    @cached_property
    def _list(self) -> str | None:
        """The list with the same filter as the pivot; without one a number leads nowhere."""
        own = self.view.query.filter.text if self.view.query.filter else None
        for view in self.desk.workspace.blueprint.screens.views[self.entity.name].values():
            other = view.query.filter.text if view.query.filter else None
            if view.kind == "list" and other == own and not view.for_roles:
                return f"/e/{self.entity.name}/v/{view.name}"
        return None

    def _url(self, keys: Keys | None, column: Any) -> str:
        sides = list(zip(self.sides, keys, strict=True)) if keys is not None else []
        if self.top and column != ALL:
            sides.append((self.top, column))
        conditions = [side.condition(key) for side, key in sides]
        if self._list is None or None in conditions:
            return ""
        asked = [("f", text) for text in (*self.conditions, *conditions) if text]
        return f"{self._list}?{urlencode(asked)}" if asked else self._list


ALL = "*"
"""The column of the totals of rows."""


def written(field: Field, value: Any, desk: Desk, averaged: bool) -> str:
    """A number of the field; the average of whole numbers with two places."""
    if averaged and field.type.widget == "number" and field.type.expression_type(field).scale == 0:
        return desk.formats.number(value, 2)
    return field.type.format(field.type.from_expression(value, field), field, desk.formats)
