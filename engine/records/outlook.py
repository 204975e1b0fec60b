"""What a record that is being typed would come to: which fields are shown and needed, what stands against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from engine.locale.text import Text
from engine.records import judging, rules
from engine.records.errors import RecordNotFound
from engine.records.judging import LineChange, Lines
from engine.records.transaction import Stored, Transaction, Values
from engine.schema.model import Entity


@dataclass(frozen=True, slots=True)
class Outlook:
    """By the names of controls: `amount`, `lines.0.price`. `row` is the record as it would be, computed values too."""

    row: Mapping[str, Any]
    hidden: frozenset[str]
    needed: frozenset[str]
    errors: Mapping[str, Text]


def outlook(
    transaction: Transaction, entity: Entity, stored: Stored | None, values: Values, lines: Lines, unread: Set[str]
) -> Outlook:
    """`unread` are what nobody knows the value of: what follows from it is left out."""
    row, hidden, needed = _states(transaction, entity, stored, values, lines)
    errors = judging.errors_of_record(transaction, entity, stored, values, unread, lines)
    errors |= judging.errors_of_lines(transaction, entity, stored, lines, unread)
    for prefix, line, before, change in _lines(transaction, entity, stored, lines):
        _, out_of_sight, wanted = _states(transaction, line, before, change.values, judging.NO_LINES)
        hidden |= {prefix + name for name in out_of_sight}
        needed |= {prefix + name for name in wanted}
    return Outlook(row, frozenset(hidden), frozenset(needed), errors)


def _states(
    transaction: Transaction, entity: Entity, stored: Stored | None, values: Values, lines: Lines
) -> tuple[Mapping[str, Any], set[str], set[str]]:
    """The row as it would be, with its hidden and its required fields."""
    view = judging.view_of(transaction, entity, stored, lines)
    row = judging.row_to_be(transaction, entity, stored, values, view)
    hidden = {field.name for field in entity.declared if rules.is_hidden(field, row, view)}
    needed = {field.name for field in entity.declared if rules.is_required(field, row, view)}
    return row, hidden, needed


def _lines(
    transaction: Transaction, entity: Entity, stored: Stored | None, lines: Lines
) -> Iterator[tuple[str, Entity, Stored | None, LineChange]]:
    """Each line item that stays, as far as it is there: its prefix, entity, and as it is stored."""
    for name, changes in lines.items():
        field = entity.fields[name]
        line, key = transaction.entity(field.target or ""), str(field.settings["key"])
        for number, change in enumerate(changes):
            if change.delete:
                continue
            before = None
            if change.id is not None and stored is not None:
                try:
                    before = transaction.line(line, key, stored.id, change.id)
                except RecordNotFound:
                    continue
            yield f"{name}.{number}.", line, before, change
