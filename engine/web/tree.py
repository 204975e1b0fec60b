"""The rows of a tree for one person: the topmost, those below what is open, or what a search found with its path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.forms.columns import is_writable
from engine.forms.contexts import TreeMore, TreeRow
from engine.forms.marks import record_mark
from engine.forms.model import TreeScreen
from engine.forms.values import value_of
from engine.records.model import Row
from engine.records.query import Condition, PageRequest
from engine.schema.model import Entity
from engine.web.columns import address
from engine.web.desk import Desk
from engine.web.list_place import place_query

ROWS = 100
"""Rows of one level."""
OPEN = 40
"""Records an address opens at most."""
Rows = tuple[TreeRow | TreeMore, ...]


@dataclass(frozen=True)
class Tree:
    desk: Desk
    entity: Entity
    view: TreeScreen
    opened: tuple[int, ...] = ()

    @cached_property
    def movable(self) -> bool:
        allowed = not self.desk.workspace.policy.grant(self.desk.actor, "update", self.entity.name).nothing
        return allowed and is_writable(self.view.parent)

    def top(self, after: str) -> Rows:
        """The topmost records with what is open below them; three statements. Raises `BadCursor`."""
        request = PageRequest(after=after or None, limit=ROWS)
        page = self.desk.store.roots(self.desk.actor, self.view.query, self.view.parent.name, request)
        below = self._below_opened()
        listed = [*page.rows, *(row for rows in below.values() for row in rows)]
        counts = self._counts(listed)
        more = TreeMore(1, address(self.desk, after=page.after)) if page.after else None
        return (*self._drawn(page.rows, 1, below, counts), *([more] if more else []))

    def below(self, record_id: int, level: int, after: str) -> Rows:
        """The records below one; two statements. Raises `BadCursor`."""
        here = (Condition(self.view.parent.name, "any_of", (record_id,)),)
        request = PageRequest(here, after=after or None, limit=ROWS)
        page = self.desk.store.list(self.desk.actor, self.view.query, request)
        rows = self._drawn(page.rows, level, {}, self._counts(page.rows))
        return (*rows, *([self._more(record_id, level, page.after)] if page.after else []))

    def found(self, request: PageRequest) -> Rows:
        """What a search or filter leaves, flat, each with what stands above it; three statements."""
        page = self.desk.store.list(self.desk.actor, self.view.query, request)
        ids = [int(row["id"]) for row in page.rows]
        above = self.desk.store.above(self.desk.actor, self.entity.name, self.view.parent.name, ids) if ids else {}
        paths = {start: " › ".join(title for _, title in steps) for start, steps in above.items()}
        more = [TreeMore(1, address(self.desk, after=page.after))] if page.after else []
        return (*(self._row(row, 1, 0, False, paths.get(int(row["id"]), "")) for row in page.rows), *more)

    def _below_opened(self) -> Mapping[int, list[Row]]:
        """The rows below everything the address opens, in one statement."""
        if not self.opened:
            return {}
        parent = self.view.parent.name
        request = PageRequest((Condition(parent, "any_of", self.opened),), limit=ROWS)
        found: dict[int, list[Row]] = {}
        for row, _ in self.desk.store.first_of_each(self.desk.actor, self.view.query, (parent,), request):
            found.setdefault(int(row[parent]), []).append(row)
        return found

    def _counts(self, rows: Sequence[Row]) -> Mapping[int, int]:
        """How many records stand below each; one statement."""
        if not rows:
            return {}
        ids = tuple(int(row["id"]) for row in rows)
        request = PageRequest((Condition(self.view.parent.name, "any_of", ids),))
        found = self.desk.store.aggregate_by(self.desk.actor, self.view.query, self.view.parent.name, request)
        return {record_id: total.count for record_id, total in found.items()}

    def _drawn(
        self, rows: Sequence[Row], level: int, below: Mapping[int, Sequence[Row]], counts: Mapping[int, int]
    ) -> Rows:
        drawn: list[TreeRow | TreeMore] = []
        for row in rows:
            record_id = int(row["id"])
            children = counts.get(record_id, 0)
            drawn.append(self._row(row, level, children, record_id in below))
            if record_id in below and level < OPEN:
                drawn += self._drawn(below[record_id], level + 1, below, counts)
                if children > len(below[record_id]):
                    drawn.append(self._more(record_id, level + 1, ""))
        return tuple(drawn)

    def _more(self, record_id: int, level: int, after: str | None) -> TreeMore:
        """The rest of a level; the whole level again for who has no cursor."""
        asked = {"under": str(record_id), "level": str(level), **({"after": after} if after else {})}
        return TreeMore(level, address(self.desk, **asked), str(record_id))

    def _row(self, row: Row, level: int, children: int, open: bool, path: str = "") -> TreeRow:
        record_id = int(row["id"])
        title = str(row.get(self.entity.title) or f"#{record_id}")
        shown = [column for column in self.view.columns if column.field.name != self.entity.title]
        others = [other for other in self.opened if other != record_id]
        toggled = ",".join(map(str, others if open else [*others, record_id]))
        here = f"/e/{self.entity.name}/{record_id}"
        return TreeRow(
            id=str(record_id),
            version=str(row["version"]),
            parent=str(row.get(self.view.parent.name) or ""),
            title=title,
            url=f"{here}{place_query(self.desk, self.view)}",
            edit_url=f"{here}/edit#f-{self.view.parent.name}",
            move_url=f"{here}/parent",
            level=level,
            mark=record_mark(title),
            values=tuple(value_of(column.field, row, self.desk.formats, short=True) for column in shown),
            numeric=tuple(number for number, column in enumerate(shown) if column.field.type.numeric),
            children=children,
            open=open,
            toggle_url=address(self.desk, open=toggled or None, under=None, level=None) if children else "",
            below_url=address(self.desk, under=str(record_id), level=str(level + 1), after=None) if children else "",
            path=path,
            movable=self.movable,
        )
