"""The first rows of each group of a list, in one statement: the cells of a board with rows across its lanes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from engine.records.paging import ordering
from engine.records.query import KEY, ListStatement, PageRequest

RANK = "rank__"


class FirstRows(ListStatement):
    """Builds the statement of one list for one actor, at most `request.limit` rows for each value of the fields."""

    def each(self, request: PageRequest, by: Sequence[str]) -> Select[Any]:
        keys = self.keys(request)
        labels = [column.label(f"{KEY}{number}") for number, (column, _) in enumerate(keys)]
        table = self.rows.table
        place = func.row_number().over(partition_by=[table.c[name] for name in by], order_by=ordering(keys, False))
        columns, where = self.columns(), self.where(request)
        ranked = select(*columns, *labels, place.label(RANK)).select_from(self.rows.joined).where(*where).subquery()
        return select(ranked).where(ranked.c[RANK] <= request.limit).order_by(ranked.c[RANK])
