"""A batch of rows of a file: read, matched with what exists, then judged or written by the gateway."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.exchange.file_rows import Fault, FaultKind, FileRow
from engine.exchange.plan import ID, ImportPlan
from engine.exchange.row_reader import RowReader
from engine.exchange.sheet import Row
from engine.locale.catalogue import message_text
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.records.errors import Invalid, MoveRefused
from engine.records.foresight import Foresight
from engine.records.many import Change
from engine.records.model import RecordModel
from engine.records.naming import Key, canonical_key
from engine.records.refusals import reasons
from engine.records.writing import Write
from engine.schema.model import Entity

BATCH = 400
"""Rows of one write transaction."""


@dataclass(slots=True)
class Importer:
    """Reads one file for one plan. `lines` remembers which row of the file had a key first."""

    model: RecordModel
    entity: Entity
    plan: ImportPlan
    formats: Formats
    reader: RowReader = field(init=False)
    lines: dict[Key, int] = field(default_factory=dict)
    foresight: Foresight = field(default_factory=Foresight)
    to_make: dict[tuple[str, str], Text | None] = field(default_factory=dict)
    """In a dry run: linked records that would be made, and what stands against it."""
    made: Counter[str] = field(default_factory=Counter)
    """Entity -> linked records that the last batch made."""
    _targets: dict[str, Foresight] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reader = RowReader(self.model, self.entity, self.plan, self.formats)

    # -- judging

    def check(self, write: Write, rows: Sequence[Row]) -> list[FileRow]:
        """What would become of rows; nothing is written."""
        read = self._matched(write, rows)
        for row in read:
            self._judge_made(write, row)
        going = [row for row in read if row.action in ("create", "update")]
        done = write.judge_many(self.entity.name, _changes(going), self.foresight)
        self._answered(going, done)
        return read

    def _judge_made(self, write: Write, row: FileRow) -> None:
        for name, (entity, title) in row.made.items():
            place = (entity, title.casefold())
            if place not in self.to_make:
                change = (None, self._title(entity, title))
                known = self._targets.setdefault(entity, Foresight())
                answer = write.judge_many(entity, [change], known)[0]
                self.to_make[place] = _first_reason(answer) if isinstance(answer, Exception) else None
            if reason := self.to_make[place]:
                row.refuse(self._fault("link", name, reason, title))

    # -- writing

    def write(self, write: Write, rows: Sequence[Row]) -> list[FileRow]:
        """Write rows in the transaction of `write`. Raises `many.Spoiled`."""
        read = self._matched(write, rows)
        self.made.clear()
        self._make(write, [row for row in read if row.made and row.action != "refuse"])
        going = [row for row in read if row.action in ("create", "update")]
        done = write.create_or_change(self.entity.name, _changes(going))
        self._answered(going, done)
        return read

    def _make(self, write: Write, rows: Sequence[FileRow]) -> None:
        """Make the linked records that rows ask for, but only for rows that nothing else stands against."""
        if not rows:
            return
        judged = write.judge_many(self.entity.name, _changes(rows), Foresight())
        self._answered(rows, [0 if not isinstance(answer, Exception) else answer for answer in judged])
        wanted: dict[str, dict[str, str]] = {}
        for row in rows:
            for entity, title in row.made.values() if row.action != "refuse" else ():
                wanted.setdefault(entity, {}).setdefault(title.casefold(), title)
        made: dict[tuple[str, str], int | Exception] = {}
        for entity, titles in wanted.items():
            answers = write.create_or_change(entity, [(None, self._title(entity, each)) for each in titles.values()])
            made |= {(entity, folded): answer for folded, answer in zip(titles, answers, strict=True)}
            self.made[entity] = sum(not isinstance(answer, Exception) for answer in answers)
        for row in rows:
            self._take_made(row, made)

    def _take_made(self, row: FileRow, made: Mapping[tuple[str, str], int | Exception]) -> None:
        for name, (entity, title) in row.made.items():
            answer = made.get((entity, title.casefold()))
            if isinstance(answer, Exception):
                row.refuse(self._fault("link", name, _first_reason(answer), title))
            elif answer is not None:
                row.values[name] = answer
                self.reader.remember(entity, title, answer)

    def _title(self, entity: str, title: str) -> dict[str, Any]:
        named = self.model.entities[entity]
        known = named.fields[named.title]
        return {named.title: known.type.parse(title, known, self.formats)}

    # -- what exists already

    def remember(self, rows: Iterable[Row]) -> None:
        """Rows that an earlier run of the same import has done: their keys are taken."""
        for row in rows:
            read = self.reader.read_key(row)
            key = canonical_key(self.entity, self.plan.key, read) if self.plan.key else None
            if key is not None:
                self.lines.setdefault(key, row.line)

    def forget(self, rows: Iterable[Row]) -> None:
        """What was found for rows whose transaction was taken back."""
        lines = {row.line for row in rows}
        self.lines = {key: line for key, line in self.lines.items() if line not in lines}
        self.reader.forget()

    def _matched(self, write: Write, rows: Sequence[Row]) -> list[FileRow]:
        read = self.reader.read(write, rows)
        names = self.plan.key
        going = [row for row in read if row.action != "refuse"]
        known = write.matching(self.entity.name, names, [row.values for row in going]) if names else {}
        for row in going:
            self._match(row, known)
            row.values.pop(ID, None)
        return read

    def _match(self, row: FileRow, known: Mapping[Key, tuple[int, ...]]) -> None:
        names, mode = self.plan.key, self.plan.mode
        key = canonical_key(self.entity, names, row.values) if names else None
        if key is None:
            if mode == "update":
                row.refuse(self._fault("required", names[0] if names else "", message_text("import.no_key"), ""))
            return
        first = self.lines.setdefault(key, row.line)
        found = known.get(key, ())
        if first != row.line:
            row.refuse(self._fault("duplicate", names[0], message_text("import.repeated", line=first), str(key[0])))
        elif len(found) > 1:
            reason = message_text("import.several_match", count=len(found))
            row.refuse(self._fault("many_links", names[0], reason, str(key[0])))
        elif found:
            row.record_id, row.action = found[0], "skip" if mode == "create" else "update"
        elif mode == "update":
            row.action = "skip"
        elif names == (ID,):
            row.refuse(self._fault("link", ID, message_text("import.no_such_id"), str(key[0])))

    # -- answers

    def _answered(self, rows: Sequence[FileRow], done: Sequence[int | Exception]) -> None:
        for row, answer in zip(rows, done, strict=True):
            if isinstance(answer, Exception):
                row.refuse(*self._faults(row, answer))
            elif answer > 0:
                row.record_id = answer

    def _faults(self, row: FileRow, refusal: Exception) -> list[Fault]:
        kind: FaultKind = "required" if isinstance(refusal, MoveRefused) and refusal.reason is None else "rule"
        found = []
        for name, reason in reasons(refusal).items():
            text = self._cell(row, name)
            missing = isinstance(refusal, Invalid) and name in self.entity.fields and row.values.get(name) is None
            found.append(self._fault("required" if missing and not text else kind, name, reason, text))
        return found

    def _fault(self, kind: FaultKind, name: str, reason: Text, text: str) -> Fault:
        column = self.plan.column(name) if name else None
        return Fault(kind, reason, name, column.position if column else None, text)

    def _cell(self, row: FileRow, name: str) -> str:
        column = self.plan.column(name)
        return self.reader.text(row.row, column.position) if column else ""


def _changes(rows: Sequence[FileRow]) -> list[Change]:
    return [(row.record_id, row.values) for row in rows]


def _first_reason(refusal: Exception) -> Text:
    return next(iter(reasons(refusal).values()))
