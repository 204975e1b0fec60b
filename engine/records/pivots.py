"""Records counted and added up by the values of some fields: one grouped statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, desc, func, null, select

from engine.records.grouping import Group, group_key
from engine.records.query import ListStatement, PageRequest
from engine.records.totals import read_sum, sum_columns


@dataclass(frozen=True, slots=True)
class Cell:
    """The records that have these values. `titles` are those of linked records, empty for other values; `filled` is
    how many records have a value in each field that is added up."""

    keys: tuple[Any, ...]
    titles: tuple[str, ...]
    count: int
    sums: Mapping[str, Any]
    filled: Mapping[str, int]


class PivotStatement(ListStatement):
    """Builds the grouped statement of one list for one actor; the largest groups come first."""

    def grouped(self, request: PageRequest, groups: Sequence[Group], sums: Sequence[str], limit: int) -> Select[Any]:
        self.check((*(group.field for group in groups), *sums))
        keys: list[ColumnElement[Any]] = []
        for number, group in enumerate(groups):
            key, title = self._key(group)
            keys += [key.label(f"group{number}__"), title.label(f"title{number}__")]
        count = func.count().label("count")
        filled = [func.count(self.rows.value(name)).label(f"{name}__filled") for name in sums]
        added = [part for name in sums for part in sum_columns(self.rows.value(name), name)]
        where = self.where(request)
        statement = select(*keys, count, *filled, *added).select_from(self.rows.joined).where(*where)
        labels = [key.name for key in keys]
        return statement.group_by(*labels).order_by(desc("count"), *labels).limit(limit)

    def cell(self, row: Mapping[Any, Any], groups: Sequence[Group], sums: Sequence[str]) -> Cell:
        numbers = range(len(groups))
        return Cell(
            keys=tuple(row[f"group{number}__"] for number in numbers),
            titles=tuple(str(row[f"title{number}__"] or "") for number in numbers),
            count=row["count"],
            sums={name: read_sum(row, self.entity.fields[name]) for name in sums},
            filled={name: row[f"{name}__filled"] for name in sums},
        )

    def _key(self, group: Group) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        field = self.entity.fields[group.field]
        if field.target:
            title = self.rows.title(field, self.actor)
            return group_key(self.rows, group, self.actor, self.context.time_zone), title
        column = self.rows.value(field.name)
        return group_key(self.rows, group, self.actor, self.context.time_zone) if group.by else column, null()
