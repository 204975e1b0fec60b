"""The topmost records of a tree: those with nothing above them that the actor may see."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, or_, select

from engine.records.paging import beyond, decode, ordering
from engine.records.query import KEY, ListStatement, PageRequest


class RootStatement(ListStatement):
    """Builds the page of one list for one actor with the topmost records alone."""

    def roots(self, request: PageRequest, parent: str) -> Select[Any]:
        """Like `page`, forwards only."""
        field = self.entity.fields[parent]
        gone = self.rows.column((parent, "deleted_at")).is_not(None)
        top = or_(self.rows.table.c[parent].is_(None), gone, self.rows.unreadable(field, self.actor))
        keys = self.keys(request)
        labels = [column.label(f"{KEY}{number}") for number, (column, _) in enumerate(keys)]
        columns, where = [*self.columns(), *labels], [*self.where(request), top]
        if request.after:
            where.append(beyond(keys, decode(request.after, keys), backwards=False))
        statement = select(*columns).select_from(self.rows.joined).where(*where)
        return statement.order_by(*ordering(keys, False)).limit(request.limit + 1)
