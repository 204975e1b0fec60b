"""A record and its line items as they are typed: the rows they would be, and what nobody knows of them yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field as default, replace
from functools import cached_property
from typing import Any

from engine.records import judging, links
from engine.records.foresight import Foresight, rules_of
from engine.records.judging import LineChange, Lines
from engine.records.late_rules import late_fields
from engine.records.rows import Path
from engine.records.transaction import Stored, Transaction, Values
from engine.records.view import NEW, RecordView, Row
from engine.schema.line_order import POSITION
from engine.schema.model import Entity, Field


@dataclass(slots=True)
class Draft:
    """`unknown` are the fields whose values cannot be read, or are wrong: what is made of them is not known either."""

    row: dict[str, Any]
    unknown: set[str]


class LineView(RecordView):
    """What rules and formulas of line items see: what lies behind their link `key` is the record as it is typed."""

    def __init__(
        self,
        transaction: Transaction,
        line: Entity,
        key: str,
        head: Draft,
        above: RecordView,
        before: Mapping[int, Row],
    ) -> None:
        super().__init__(transaction.connection, transaction.model, transaction.dialect, line, transaction.moment)
        self._key, self._head, self._above, self._stored = key, head, above, before

    def read(self, row: Row, path: Path, also: Iterable[Path]) -> Any:
        if path[0] == "old":
            before = self._stored.get(row.get("id") or NEW)
            return None if before is None else super().read(before, path[1:] or ("id",), (path[1:],))
        if path[0] == self._key and len(path) > 1:
            behind = [each[1:] for each in also if each[0] == self._key and len(each) > 1]
            return self._above.read(self._head.row, path[1:], behind)
        return super().read(row, path, also)


@dataclass(frozen=True)
class DraftLines:
    """The line items of one field that stay: `typed` by the number of their change, and all of them in their order."""

    name: str
    entity: Entity
    key: str
    transaction: Transaction
    view: RecordView
    head: Draft
    stored: Mapping[int, Stored]
    typed: dict[int, Draft] = default(default_factory=dict)
    there: list[Draft] = default(default_factory=list)

    @cached_property
    def place(self) -> tuple[str, str]:
        return self.entity.name, self.key

    def is_unknown(self, draft: Draft, path: Path) -> bool:
        if path[0] == self.key and len(path) > 1:
            return path[1] in self.head.unknown
        return path[0] in draft.unknown


def draft_of(
    transaction: Transaction, entity: Entity, stored: Stored | None, values: Values, view: RecordView, unread: Set[str]
) -> Draft:
    """The record itself. A link to what the actor may not name leads nowhere."""
    before = stored.row if stored else {}
    astray = _astray(transaction, entity, values, before)
    given = {name: value for name, value in values.items() if name not in astray}
    row = judging.row_to_be(transaction, entity, stored, given, view, late_fields(transaction.model.plan, entity))
    return Draft(row, {*unread, *astray, *_wrong(entity, row, before, view)})


def drafts_of_lines(
    transaction: Transaction,
    entity: Entity,
    stored: Stored | None,
    lines: Lines,
    unread: Set[str],
    head: Draft,
    view: RecordView,
) -> list[DraftLines]:
    """The line items that are typed, and those that the record sums up."""
    found = []
    for field in entity.declared:
        if field.name in lines or _is_rolled_up(transaction, entity, field):
            line, key = transaction.entity(field.target or ""), str(field.settings["key"])
            kept = transaction.lines(line, key, stored.id) if stored else {}
            rows = {record_id: each.row for record_id, each in kept.items()}
            seen = LineView(transaction, line, key, head, view, rows)
            own = replace(transaction, foresight=Foresight())
            made = DraftLines(field.name, line, key, own, seen, head, kept)
            _fill(made, lines.get(field.name, ()), stored, unread)
            found.append(made)
    return found


def _is_rolled_up(transaction: Transaction, entity: Entity, field: Field) -> bool:
    place = (field.target, field.settings.get("key"))
    rollups = (each.computed.rollup for each in transaction.model.plan.rollups.get(entity.name, ()) if each.computed)
    return any(rollup is not None and rollup.over.way == "members" and rollup.over.place == place for rollup in rollups)


def _fill(lines: DraftLines, changes: Sequence[LineChange], stored: Stored | None, unread: Set[str]) -> None:
    order = {record_id: number for number, record_id in enumerate(_in_order(lines.stored))}
    gone = {change.id for change in changes}
    kept = [
        (1, order[record_id], Draft(dict(lines.stored[record_id].row), set()))
        for record_id in order
        if record_id not in gone
    ]
    here = [(number, _own_values(change, lines.key)) for number, change in enumerate(changes) if _stays(change, lines)]
    _look(lines, [change for _, change in here], [draft.row for _, _, draft in kept])
    placed = []
    for number, change in here:
        draft = _line(lines, change, stored, judging.unread_of(lines.name, number, unread))
        lines.typed[number] = draft
        behind = order.get(change.id or NEW, len(order) + number)
        placed.append((1, behind, draft) if change.place is None else (0, change.place, draft))
    lines.there.extend(draft for *_, draft in sorted([*kept, *placed], key=lambda each: each[:2]))


def _in_order(stored: Mapping[int, Stored]) -> list[int]:
    def place(record_id: int) -> tuple[Any, ...]:
        row = stored[record_id].row
        position = row.get(POSITION)
        return position is None, position or 0, row["created_at"], record_id

    return sorted(stored, key=place)


def _stays(change: LineChange, lines: DraftLines) -> bool:
    return not change.delete and (change.id is None or change.id in lines.stored)


def _own_values(change: LineChange, key: str) -> LineChange:
    return replace(change, values={name: value for name, value in change.values.items() if name != key})


def _look(lines: DraftLines, changes: Sequence[LineChange], kept: Sequence[Row]) -> None:
    """Ask at once what all of them ask: which records may be named, and what lies behind their links."""
    rows = [{**(_before(lines, change) or {}), **change.values} for change in changes]
    foresight = lines.transaction.foresight
    if foresight is not None and rows:
        foresight.look(lines.transaction, lines.entity, rows)
    paths = {path for rule in rules_of(lines.entity) for path in rule.names if len(path) > 1 and path[0] != lines.key}
    lines.view.preload(paths, [*rows, *kept])


def _before(lines: DraftLines, change: LineChange) -> dict[str, Any] | None:
    return None if change.id is None else lines.stored[change.id].row


def _line(lines: DraftLines, change: LineChange, stored: Stored | None, unread: Set[str]) -> Draft:
    before = _before(lines, change)
    astray = _astray(lines.transaction, lines.entity, change.values, before or {})
    given = replace(change, values={name: value for name, value in change.values.items() if name not in astray})
    parent = {lines.key: stored.id if stored else NEW}
    row = judging.line_to_be(lines.transaction, lines.entity, before, given, parent, lines.view)
    return Draft(row, {*unread, *astray, *_wrong(lines.entity, row, before or {}, lines.view)})


def _astray(transaction: Transaction, entity: Entity, values: Values, before: Values) -> set[str]:
    """Links to records that the actor may not see or choose: nothing of those may show."""
    if transaction.actor.unlimited:
        return set()
    given = {name: value for name, value in values.items() if name in entity.fields and value != before.get(name)}
    return set(links.dangling(transaction, entity, given, before))


def _wrong(entity: Entity, row: Row, before: Values, view: RecordView) -> set[str]:
    """Changed fields that break their own rule."""
    return {
        field.name
        for field in entity.declared
        if field.validate is not None
        and row.get(field.name) is not None
        and row.get(field.name) != before.get(field.name)
        and not view.judge(field.validate, row)
    }
