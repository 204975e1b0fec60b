"""One write transaction of the gateway: create, change, delete and restore records, each with its history row.

The order of a write: rights, kinds of values, conflict, read-only fields, defaults, hidden fields, stage move, rules,
links, unique values, then the row, its history and its stage entry. Nothing is written when anything stands against it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection

from engine.locale.catalogue import message_text
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.records import (
    attaching,
    bin,
    comments,
    computed_cascade,
    follows,
    holding,
    joins,
    judging,
    late_rules,
    line_order,
    many,
    merging,
    naming,
    notices,
    numbers,
    recomputing,
    reverting,
    write_rights,
)
from engine.records.errors import CHANGED_MEANWHILE, Conflict, Invalid, RecordNotFound, Refused
from engine.records.foresight import Foresight
from engine.records.judging import LineChange, Lines
from engine.records.ledger import insert_row, update_row
from engine.records.merge_choice import Choices
from engine.records.outlook import Outlook, errors_beside, outlook
from engine.records.reverting import Written
from engine.records.transaction import Stored, Transaction, Values
from engine.schema.computed_order import Place, Step
from engine.schema.file_ref import FileRef
from engine.schema.model import Entity

__all__ = ["LineChange", "Lines", "Values", "Write"]
Answer = TypeVar("Answer")


class Write:
    """One transaction, for one actor, from one source (`ui`, `api`, `import`, `bulk`, `merge`, `undo`, `cli`,
    `seed`, `demo`). After an exception other than `Refused` and `RecordNotFound` nothing more may be written in it."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    @property
    def connection(self) -> Connection:
        """What the engine itself keeps beside records is written in the same transaction."""
        return self._transaction.connection

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the transaction of which nothing is left when it raises."""
        touched = self._transaction.touched
        kept = touched.copy()
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            touched.put_back(kept)
            raise

    def at(self, now: datetime) -> Write:
        """The same transaction at another time: demo data has a past."""
        return Write(self._transaction.at(now))

    def create(self, name: str, values: Values, lines: Lines | None = None) -> int:
        """A new record with its line items; the id. Raises `Refused`, `Invalid`, `MoveRefused`, and for a line item
        `RecordNotFound` when the record it belongs to cannot be seen."""
        entity = self._transaction.entity(name)
        write_rights.check_create(self._transaction, entity, values)
        return self._settled(self._create(entity, values, lines or {}))

    def change(
        self, name: str, record_id: int, values: Values, version: int | None = None, lines: Lines | None = None
    ) -> int:
        """Change fields and line items; the new version. `version` is the one the actor read.
        Raises `RecordNotFound`, `Refused`, `Conflict`, `Invalid`, `MoveRefused`."""
        entity = self._transaction.entity(name)
        stored = holding.stored(self._transaction, entity, record_id)
        write_rights.check_change(self._transaction, entity, stored, values)
        return self._settled(self._change(entity, stored, values, version, lines or {}))

    def place_line(self, name: str, record_id: int, before: int | None) -> None:
        """Put a line item in front of another one of its record, or behind them all. Raises `RecordNotFound`,
        `Refused`."""
        line = self._transaction.entity(name)
        stored = holding.stored(self._transaction, line, record_id)
        if line.line_of is None:
            raise RecordNotFound
        key = line.line_of[1]
        write_rights.check_parent(self._transaction, line, stored.row[key])
        line_order.put(self._transaction, line, key, stored.row[key], record_id, before)
        self._settled(None)

    def delete(self, name: str, record_id: int) -> None:
        """Put a record into the bin, with its line items and what its links cascade to.
        Raises `RecordNotFound`, `Refused`."""
        entity = self._transaction.entity(name)
        stored = holding.stored(self._transaction, entity, record_id)
        if not stored.may_delete:
            raise Refused(message_text("refused.delete", entity=entity.label))
        write_rights.check_line_open(self._transaction, entity, stored)
        write_rights.check_leaving(self._transaction, entity, stored)
        bin.bury(self._transaction, entity, stored)
        self._settled(None)

    def restore(self, name: str, record_id: int) -> None:
        """Take a record out of the bin, with what went there in the same moment because of it.
        Raises `RecordNotFound`, `Refused`, `Invalid` when a unique value was taken meanwhile."""
        entity = self._transaction.entity(name)
        stored = holding.stored(self._transaction, entity, record_id, in_bin=True)
        if not stored.may_delete:
            raise Refused(message_text("refused.restore", entity=entity.label))
        if not merging.unmerge(self._transaction, entity, stored):
            bin.raise_up(self._transaction, entity, stored)
            write_rights.check_line_open(self._transaction, entity, stored)
        self._settled(None)

    def merge(self, name: str, survivor: int, others: Sequence[int], choices: Choices) -> int:
        """Make one record of several: the survivor, which may be changed, and `others`, which may be deleted; its new
        version. Raises `RecordNotFound`, `Refused`, `Invalid`, `MoveRefused`."""
        entity = self._transaction.entity(name)
        if entity.builtin or entity.line_of:
            raise RecordNotFound
        if survivor in others or not 0 < len(set(others)) == len(others) < merging.MOST:
            raise Refused(message_text("merge.how_many", most=merging.MOST))
        kept = self._changeable(entity, survivor)
        gone = [self._transaction.stored(entity, other) for other in others]
        if not all(other.may_delete for other in gone):
            raise Refused(message_text("refused.delete", entity=entity.label))
        return self._settled(merging.merge(self._transaction, entity, kept, gone, choices))

    def stored(self, name: str, record_id: int) -> Mapping[str, Any]:
        """A record as it stands, locked until the end. Raises `RecordNotFound`."""
        return self._transaction.stored(self._transaction.entity(name), record_id).row

    def revert(self, entry: Written) -> Mapping[str, Text]:
        """Take back one write of an operation as far as nothing has changed since; the fields left alone, each with
        the reason. Raises `RecordNotFound`, `Refused`, `Invalid`, also when nothing of it could be taken back."""
        return reverting.take_back(self, self._transaction, entry)

    def comment(self, name: str, record_id: int, draft: comments.Draft) -> int:
        """Say something about a record the actor may read; the id. Raises `RecordNotFound`, `Invalid`."""
        return comments.add(self._transaction, name, record_id, draft)

    def edit_comment(self, comment_id: int, draft: comments.Draft) -> None:
        """Raises `RecordNotFound`, `Refused`, `Invalid`."""
        comments.edit(self._transaction, comment_id, draft)

    def delete_comment(self, comment_id: int) -> None:
        """Raises `RecordNotFound`, `Refused`."""
        comments.delete(self._transaction, comment_id)

    def restore_comment(self, comment_id: int) -> None:
        """Raises `RecordNotFound`, `Refused`."""
        comments.restore(self._transaction, comment_id)

    def tell_assigned(self, name: str, user_id: int, operation: int) -> None:
        """Tell a user once that records of an entity became theirs in an operation."""
        notices.tell(self._transaction, "assigned", name, operation, [user_id], operation=operation)

    def follow(self, name: str, record_id: int, following: bool) -> None:
        """Whether the actor hears of a record from now on. Raises `RecordNotFound`."""
        self._transaction.stored(self._transaction.entity(name), record_id)
        if self._transaction.actor.user_id is not None:
            follows.choose(self._transaction, name, record_id, self._transaction.actor.user_id, following)

    def attach(self, name: str, record_id: int, file_ids: Sequence[int]) -> tuple[FileRef, ...]:
        """Tie files the actor has staged to a record they may see, in no field of it.
        Raises `RecordNotFound`, `ValueRefused`."""
        entity = self._transaction.entity(name)
        self._transaction.stored(entity, record_id)
        return attaching.attach(self._transaction, entity, record_id, file_ids)

    def add_files(self, name: str, record_id: int, field: str, files: Sequence[FileRef]) -> int:
        """Add staged files to what a field holds, or put back what it held; a field of one file changes it. The new
        version. Raises as `change` does."""
        kind = self._transaction.entity(name).fields[field]
        held = self._files(name, record_id, field) if kind.type.most_files(kind) > 1 else ()
        return self.change(name, record_id, {field: (*held, *files)})

    def drop_file(self, name: str, record_id: int, field: str, file_id: int) -> int:
        """Take a file out of a field; it can be put back for a while. Raises as `change` does."""
        left = tuple(file for file in self._files(name, record_id, field) if file.id != file_id)
        return self.change(name, record_id, {field: left or None})

    def _files(self, name: str, record_id: int, field: str) -> tuple[FileRef, ...]:
        """The files a field holds now; the record is locked until the end."""
        entity = self._transaction.entity(name)
        return entity.fields[field].type.files(self._transaction.stored(entity, record_id).row[field])

    def create_or_change(self, name: str, rows: Sequence[many.Change], foresight: Foresight | None = None) -> many.Done:
        """Many records at once, each new (no id) or changed, under the same rules as one after the other: for each its
        id, or what was raised for it. Values are what the types of their fields made of them.
        Raises `many.Spoiled`, also for what they break together: nothing more can be written in this transaction."""
        rights, entity = self._many_rights(), self._transaction.entity(name)
        try:
            return self._settled(many.write(self._transaction, entity, rows, rights, foresight))
        except Invalid as invalid:
            raise many.Spoiled from invalid

    def judge_many(self, name: str, rows: Sequence[many.Change], foresight: Foresight) -> many.Done:
        """What `create_or_change` would answer; nothing is written. New records have ids below 0. The foresight goes
        on to the next call for the same records."""
        return many.judge(self._transaction, self._transaction.entity(name), rows, self._many_rights(), foresight)

    def named(self, name: str, by: str, texts: Iterable[str], formats: Formats) -> Mapping[str, tuple[int, ...]]:
        """The records that each text names and the actor may read: by their title, by a field of theirs, or by `id`."""
        return naming.named(self._transaction, self._transaction.entity(name), by, texts, formats)

    def matching(
        self, name: str, fields: Sequence[str], wanted: Iterable[Values]
    ) -> Mapping[naming.Key, tuple[int, ...]]:
        """The records that the actor may read, by the key that `naming.canonical_key` makes of these fields."""
        return naming.find(self._transaction, self._transaction.entity(name), fields, wanted)

    def work_out(self, step: Step, after: int, found: Mapping[Place, recomputing.Found]) -> int | None:
        """Computed values of the next records behind `after`: the last of them, None when there are no more."""
        return recomputing.page(self._transaction, step, after, found)

    def fill(self, places: Collection[Place]) -> None:
        """Work out computed fields of every record, and what is made of them."""
        recomputing.fill(self._transaction, places)

    def _settled(self, answer: Answer) -> Answer:
        """The answer of a write, its computed values right and checked; files of records wait for that to their end."""
        if self._transaction.backlog is None:
            computed_cascade.settle(self._transaction)
            while late_rules.judge(self._transaction):
                computed_cascade.settle(self._transaction)
        return answer

    def _many_rights(self) -> many.Rights:
        create = partial(write_rights.check_create, self._transaction)
        change = partial(write_rights.check_change, self._transaction)
        return many.Rights(create, change, partial(joins.write, self, self._transaction))

    def judge(
        self, name: str, record_id: int | None, values: Values, lines: Lines, unread: Set[str] = frozenset()
    ) -> dict[str, Text]:
        """Everything that would stand against a new or changed record and its line items; nothing is written.
        `unread` are what nobody knows the value of (`amount`, `lines.0.product`): what follows from it is left out.
        Raises `RecordNotFound`, `Refused`."""
        entity, stored = self._asked(name, record_id)
        errors = judging.errors_of_record(self._transaction, entity, stored, values, unread, lines)
        return errors_beside(self._transaction, entity, stored, values, lines, unread) | errors

    def outlook(
        self, name: str, record_id: int | None, values: Values, lines: Lines, unread: Set[str], touched: Set[str]
    ) -> Outlook:
        """What a new or changed record would come to while it is typed; line items of which nothing was `touched` are
        not found fault with. Raises as `judge` does."""
        return outlook(self._transaction, *self._asked(name, record_id), values, lines, unread, touched)

    def _asked(self, name: str, record_id: int | None) -> tuple[Entity, Stored | None]:
        entity = self._transaction.entity(name)
        stored = self._changeable(entity, record_id) if record_id is not None else None
        if stored is None and not self._transaction.model.policy.may_create(self._transaction.actor, name):
            raise Refused(message_text("refused.create", entity=entity.plural))
        return entity, stored

    def _create(self, entity: Entity, values: Values, lines: Lines) -> int:
        transaction = self._transaction
        try:
            row = judging.new_row(transaction, entity, values, lines)
        except Invalid as invalid:
            beside = errors_beside(transaction, entity, None, values, lines)
            raise Invalid({**beside, **invalid.errors}) from invalid
        row, through = joins.parted(entity, row)
        record_id = insert_row(transaction, entity, row | numbers.given(transaction, entity))
        attaching.hold(transaction, entity, record_id, {}, row)
        joins.write(self, transaction, entity, record_id, through, {})
        self._write_lines(entity, record_id, lines)
        return record_id

    def _change(self, entity: Entity, stored: Stored, values: Values, version: int | None, lines: Lines) -> int:
        transaction = self._transaction
        try:
            changed = judging.changed_values(transaction, entity, stored, values, version, lines)
        except Invalid as invalid:
            beside = errors_beside(transaction, entity, stored, values, lines)
            raise Invalid({**beside, **invalid.errors}) from invalid
        changed, through = joins.parted(entity, changed)
        new_version = update_row(transaction, entity, stored.row, changed, judged=True) if changed else stored.version
        attaching.hold(transaction, entity, stored.id, stored.row, changed)
        joins.write(self, transaction, entity, stored.id, through, stored.row)
        self._write_lines(entity, stored.id, lines)
        return new_version

    def _changeable(self, entity: Entity, record_id: int) -> Stored:
        stored = self._transaction.stored(entity, record_id)
        if not stored.may_update:
            raise Refused(message_text("refused.update", entity=entity.label))
        return stored

    def _write_lines(self, entity: Entity, record_id: int, lines: Lines) -> None:
        """The right to change the record was judged before it changed, and holds for its line items."""
        errors: dict[str, Text] = {}
        for name, changes in lines.items():
            field = entity.fields[name]
            line, key = self._transaction.entity(field.target or ""), str(field.settings["key"])
            placed: line_order.Placed = []
            for number, change in enumerate(changes):
                try:
                    placed.append((change.place, self._write_line(line, key, record_id, change)))
                except Invalid as invalid:
                    errors |= judging.of_line(name, number, invalid.errors)
                except Conflict as conflict:
                    clashes = dict.fromkeys((clash.field for clash in conflict.details.clashes), CHANGED_MEANWHILE)
                    errors |= judging.of_line(name, number, clashes)
            if not errors:
                line_order.arrange(self._transaction, line, key, record_id, placed)
        if errors:
            raise Invalid(errors)

    def _write_line(self, line: Entity, key: str, record_id: int, change: LineChange) -> int | None:
        """The id of the line item, if it is still there."""
        values = {**change.values, key: record_id}
        if change.id is None:
            return self._create(line, values, {})
        stored = self._transaction.line(line, key, record_id, change.id)
        if not change.delete:
            self._change(line, stored, values, change.version, {})
            return change.id
        bin.bury(self._transaction, line, stored)
        return None
