"""Many records of one entity in one write: every rule holds as if they were written one after the other, but what the
rules ask of the database is asked once for all of them, and rows, history and search are written together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby
from typing import Any

from engine.records import attaching, holding, joins, judging, numbers
from engine.records.errors import Conflict, Invalid, MoveRefused, RecordNotFound, Refused
from engine.records.foresight import Foresight
from engine.records.ledger import insert_rows, stage_fields, update_rows
from engine.records.transaction import Stored, Transaction, Values
from engine.schema.field_type import ValueRefused
from engine.schema.model import Entity

REFUSALS = (Refused, Invalid, MoveRefused, Conflict, RecordNotFound, ValueRefused)
"""What a write is refused with."""
Change = tuple[int | None, Values]
"""The id of the record that is changed, None for a new one; values by field name."""
Done = list[int | Exception]


class Spoiled(Exception):
    """The database refused a batch for something only it could know. Nothing of it is written; its rows can be tried
    one by one in another transaction."""


@dataclass(frozen=True, slots=True)
class Rights:
    """Each raises `Refused` or `RecordNotFound`."""

    create: Callable[[Entity, Values], None]
    change: Callable[[Entity, Stored, Values], None]
    join: Callable[[Entity, int, Values, Values], None]
    """Writes the links that records of their own make; raises `Invalid`."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """A row that will be written: `stored` is None for a new one, `row` what is new or changed."""

    id: int
    stored: Stored | None
    row: dict[str, Any]


def write(
    transaction: Transaction, entity: Entity, rows: Sequence[Change], rights: Rights, foresight: Foresight | None
) -> Done:
    """Raises `Spoiled`."""
    done: Done = []
    foresight = foresight or Foresight()
    for part in _parts(rows):
        answers = list(_judge(transaction, entity, part, rights, foresight, transaction.ids.next))
        judged = [answer for answer in answers if isinstance(answer, _Judged)]
        try:
            _put(transaction, entity, judged, rights)
        except Invalid as invalid:
            raise Spoiled from invalid
        foresight.awaited.pop(entity.name, None)
        done += [answer.id if isinstance(answer, _Judged) else answer for answer in answers]
    return done


def judge(
    transaction: Transaction, entity: Entity, rows: Sequence[Change], rights: Rights, foresight: Foresight
) -> Done:
    below = count(-1, -1)
    answers = _judge(transaction, entity, rows, rights, foresight, lambda: next(below))
    return [answer.id if isinstance(answer, _Judged) else answer for answer in answers]


def _parts(rows: Sequence[Change]) -> Iterator[list[Change]]:
    """Parts in which no record is changed twice: the second change must see the first."""
    part: list[Change] = []
    seen: set[int] = set()
    for record_id, values in rows:
        if record_id in seen:
            yield part
            part, seen = [], set()
        part.append((record_id, values))
        if record_id is not None:
            seen.add(record_id)
    if part:
        yield part


def _judge(
    transaction: Transaction,
    entity: Entity,
    rows: Sequence[Change],
    rights: Rights,
    foresight: Foresight,
    next_id: Callable[[], int],
) -> Iterator[_Judged | Exception]:
    """Each row as it will be, or what stands against it."""
    known = [record_id for record_id, _ in rows if record_id is not None]
    holding.hold_behind(transaction, entity, [values for _, values in rows])
    holding.hold_owners(transaction, entity, known)
    foresight.look(transaction, entity, [values for _, values in rows])
    stored = transaction.stored_many(entity, known) if known else {}
    foresight.look_alike(transaction, entity, [_merged(stored, *row) for row in rows])
    judging_with = replace(transaction, foresight=foresight, settled=True)
    for record_id, values in rows:
        try:
            if record_id is None:
                rights.create(entity, values)
                judged = _Judged(next_id(), None, judging.new_row(judging_with, entity, values))
            else:
                judged = _changed(judging_with, entity, stored.get(record_id), values, rights)
        except REFUSALS as refusal:
            yield refusal
            continue
        _claim(entity, foresight, judged)
        yield judged


def _merged(stored: dict[int, Stored], record_id: int | None, values: Values) -> Values:
    return {**stored[record_id].row, **values} if record_id in stored else values


def _changed(
    transaction: Transaction, entity: Entity, stored: Stored | None, values: Values, rights: Rights
) -> _Judged:
    if stored is None:
        raise RecordNotFound
    rights.change(entity, stored, values)
    return _Judged(stored.id, stored, judging.changed_values(transaction, entity, stored, values, None))


def _claim(entity: Entity, foresight: Foresight, judged: _Judged) -> None:
    before = judged.stored.row if judged.stored else {}
    foresight.claim(entity, judged.id, before | judged.row, before if judged.stored else None)
    foresight.awaits(entity, {**before, **judged.row, "id": judged.id})
    for field in stage_fields(entity):
        if field.name in judged.row:
            foresight.enters(field, judged.row[field.name], before.get(field.name))


def _put(transaction: Transaction, entity: Entity, judged: Sequence[_Judged], rights: Rights) -> None:
    """What is changed first: it may free what a new one takes."""
    parts = [joins.parted(entity, each.row) for each in judged]
    pairs = list(zip(judged, (own for own, _ in parts), strict=True))
    new = [(each.id, own) for each, own in pairs if each.stored is None]
    changed = [(each.stored.row, own) for each, own in pairs if each.stored is not None and own]
    for _, alike in groupby(changed, key=lambda pair: tuple(pair[1])):
        update_rows(transaction, entity, list(alike), judged=True)
    if new:
        given = numbers.given_to(transaction, entity, len(new))
        insert_rows(transaction, entity, [(each[0], each[1] | number) for each, number in zip(new, given, strict=True)])
    for each, (own, through) in zip(judged, parts, strict=True):
        before = each.stored.row if each.stored else {}
        attaching.hold(transaction, entity, each.id, before, own)
        rights.join(entity, each.id, through, before)
