"""What a record that is being typed would come to: its computed values, which fields are shown and needed, what stands
against it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from engine.locale.text import Text
from engine.records import judging, rules
from engine.records.draft import DraftLines, draft_of, drafts_of_lines
from engine.records.foresight import Foresight
from engine.records.judging import Lines
from engine.records.late_rules import late_errors, late_fields, reads_one
from engine.records.preview import Preview
from engine.records.transaction import Stored, Transaction, Values
from engine.records.view import RecordView, Row
from engine.schema.model import Entity


@dataclass(frozen=True, slots=True)
class Outlook:
    """By the names of controls: `amount`, `lines.0.price`. `row` is the record as it would be, `lines` its line items
    (`lines.0.`), computed values too."""

    row: Mapping[str, Any]
    lines: Mapping[str, Mapping[str, Any]]
    hidden: frozenset[str]
    needed: frozenset[str]
    errors: Mapping[str, Text]


def outlook(
    transaction: Transaction,
    entity: Entity,
    stored: Stored | None,
    values: Values,
    lines: Lines,
    unread: Set[str],
    touched: Set[str],
) -> Outlook:
    """`unread` are what nobody knows the value of: what follows from it is left out. Of line items those are judged of
    which something was `touched`."""
    transaction = replace(transaction, foresight=Foresight())
    preview = _worked_out(transaction, entity, stored, values, lines, unread)
    head, view, drafts = preview.head, preview.view, preview.lines
    hidden, needed = _states(entity, head.row, view, "")
    errors = _late_errors(preview) | judging.errors_of_record(transaction, entity, stored, values, unread, lines)
    rows = {}
    for each in drafts:
        errors |= _errors(each, lines, unread, touched)
        for number, draft in each.typed.items():
            prefix = f"{each.name}.{number}."
            rows[prefix] = draft.row
            out_of_sight, wanted = _states(each.entity, draft.row, each.view, prefix)
            hidden, needed = hidden | out_of_sight, needed | wanted
    return Outlook(head.row, rows, frozenset(hidden), frozenset(needed), errors)


def errors_beside(
    transaction: Transaction,
    entity: Entity,
    stored: Stored | None,
    values: Values,
    lines: Lines,
    unread: Set[str] = frozenset(),
) -> dict[str, Text]:
    """What stands against line items, and against the record because of their sums."""
    sums = errors_of_sums(transaction, entity, stored, values, lines, unread)
    return sums | judging.errors_of_lines(transaction, entity, stored, lines, unread)


def errors_of_sums(
    transaction: Transaction,
    entity: Entity,
    stored: Stored | None,
    values: Values,
    lines: Lines,
    unread: Set[str] = frozenset(),
) -> dict[str, Text]:
    """What stands against a record because of what its line items come to, when nothing is written yet."""
    if not lines or not late_fields(transaction.model.plan, entity):
        return {}
    transaction = replace(transaction, foresight=Foresight())
    return _late_errors(_worked_out(transaction, entity, stored, values, lines, unread))


def _worked_out(
    transaction: Transaction, entity: Entity, stored: Stored | None, values: Values, lines: Lines, unread: Set[str]
) -> Preview:
    """With the sums of the line items as they are typed, and without what these hide."""
    view = judging.view_of(transaction, entity, stored, lines)
    head = draft_of(transaction, entity, stored, values, view, {name for name in unread if "." not in name})
    drafts = drafts_of_lines(transaction, entity, stored, lines, unread, head, view)
    preview = Preview(transaction, entity, stored, head, view, drafts)
    preview.work_out()
    late = late_fields(transaction.model.plan, entity) - head.unknown
    shown = rules.without_hidden(entity, head.row, None, view, partial(reads_one, late))
    if shown != head.row:
        head.row |= shown
        preview.work_out()
    return preview


def _late_errors(preview: Preview) -> dict[str, Text]:
    entity, head, stored = preview.entity, preview.head, preview.stored
    late = late_fields(preview.transaction.model.plan, entity)
    changed = None if stored is None else {name for name, value in head.row.items() if stored.row.get(name) != value}
    return late_errors(entity, head.row, changed, late, preview.view, head.unknown) if late else {}


def _states(entity: Entity, row: Row, view: RecordView, prefix: str) -> tuple[set[str], set[str]]:
    """The hidden and the required fields of a row as it would be."""
    hidden = {prefix + field.name for field in entity.declared if rules.is_hidden(field, row, view)}
    needed = {prefix + field.name for field in entity.declared if rules.is_required(field, row, view)}
    return hidden, needed


def _errors(drafts: DraftLines, lines: Lines, unread: Set[str], touched: Set[str]) -> dict[str, Text]:
    errors: dict[str, Text] = {}
    for number in drafts.typed:
        if any(name.startswith(f"{drafts.name}.{number}.") for name in touched):
            change = lines[drafts.name][number]
            before = None if change.id is None else drafts.stored[change.id]
            own = judging.unread_of(drafts.name, number, unread)
            found = judging.errors_of_line(drafts.transaction, drafts.entity, drafts.key, before, change, own)
            errors |= judging.of_line(drafts.name, number, found)
    return errors
