"""Seed and demo records: references become ids, relative dates become dates, stage journeys become history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.locale.catalogue import message_text
from engine.locale.text import LANGUAGES, Text
from engine.records.backlog import Backlog
from engine.records.computed_cascade import settle
from engine.records.errors import Invalid, Refused
from engine.records.model import RecordModel
from engine.records.transaction import Transaction
from engine.records.writing import LineChange, Write
from engine.schema.field_type import ValueRefused
from engine.schema.file_moments import Moments, Step
from engine.schema.model import Entity, Field, SeedRecord

Lines = dict[str, list[LineChange]]


class PlantingRefused(Exception):
    """A record in a file cannot be written; `message` names it and says why."""

    def __init__(self, record: SeedRecord, reason: Text) -> None:
        self.record, self.reason = record, reason
        self.message = message_text("planting.refused", place=str(record.place), ref=record.ref, reason=reason)
        super().__init__(self.message.in_("en"))


@dataclass(frozen=True, slots=True)
class Postponed:
    """A link to a record that is planted later."""

    record: SeedRecord
    id: int
    field: Field
    reference: Any
    """As written: one reference, or several."""
    born: datetime


@dataclass(slots=True)
class Garden:
    """What is planted so far: ids by (entity, reference), links to set once their target exists."""

    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    later: list[Postponed] = field(default_factory=list)
    roles: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """User id -> role names, for `access` to grant."""

    def find(self, link: Field, written: Any) -> Any:
        """The value of the link, once everything it names is planted, else None."""
        if not link.targets:
            return self.ids.get((link.target or "", str(written)))
        named = link.type.written_references(written, link)
        found = [(entity, self.ids[entity, ref]) for entity, ref in named if (entity, ref) in self.ids]
        return link.type.naming(found) if len(found) == len(named) else None


def in_planting_order(model: RecordModel, records: Iterable[SeedRecord]) -> list[SeedRecord]:
    """Records whose links lead to records before them, as far as that goes. Teams come first although they name their
    lead: a record belongs to the team its owner has when it is written."""
    order: dict[str, int] = {"team": 0}

    def visit(name: str, path: frozenset[str]) -> None:
        if name in order or name in path:
            return
        for link in model.entities[name].declared:
            for aim in (link.target, *link.targets):
                if aim and link.type.stored:
                    visit(aim, path | {name})
        order[name] = len(order)

    for name in ("user", *model.entities):
        visit(name, frozenset())
    return sorted(records, key=lambda record: order[record.entity])


@contextmanager
def planting(transaction: Transaction) -> Iterator[Write]:
    """Writes many records: what is kept beside their rows is written at the end of the block, and nobody is told."""
    backlog = Backlog()
    whole = replace(transaction, backlog=backlog)
    yield Write(whole)
    settle(whole)
    backlog.write(transaction.connection, transaction.ids, transaction.model)


class Planter:
    """Writes records of files through the gateway; `now` is the moment relative dates count from."""

    def __init__(self, model: RecordModel, now: datetime, garden: Garden) -> None:
        self._model, self.garden = model, garden
        self._moments = Moments(now, ZoneInfo(model.time_zone))

    def plant(self, write: Write, record: SeedRecord) -> int:
        """Write one record. Raises `PlantingRefused`."""
        try:
            return self._plant(write, record)
        except (Invalid, Refused, ValueRefused) as refusal:
            raise PlantingRefused(record, _reason(refusal)) from refusal

    def finish(self, write: Write) -> None:
        """Set the links that named records planted later. Raises `PlantingRefused`."""
        for link in self.garden.later:
            found = self.garden.find(link.field, link.reference)
            if found is None:
                reason = message_text("planting.no_reference", name=link.field.name, ref=str(link.reference))
                raise PlantingRefused(link.record, reason)
            try:
                write.at(link.born).change(link.record.entity, link.id, {link.field.name: found})
            except Invalid as refusal:
                raise PlantingRefused(link.record, _reason(refusal)) from refusal
        self.garden.later.clear()

    def _plant(self, write: Write, record: SeedRecord) -> int:
        entity = self._model.entities[record.entity]
        stage = entity.stage_field.name if entity.stage_field else ""
        journey = self._moments.journey(record.values.get(stage))
        values, lines = self.values(record)
        born = self._born(record, journey)
        start = {stage: journey[0].stage} if journey else {}
        record_id = write.at(born).create(record.entity, values | start, lines)
        for step in journey[1:]:
            last = values if step is journey[-1] else {}
            moved = last | {stage: step.stage}
            write.at(step.entered or self._moments.now).change(record.entity, record_id, moved)
        self._remember(record, record_id)
        self._postpone(entity, record, record_id, born)
        return record_id

    def _born(self, record: SeedRecord, journey: Sequence[Step]) -> datetime:
        if journey and journey[0].entered:
            return journey[0].entered
        written = record.values.get("created_at")
        return self._moments.moment(written) if written else self._moments.now

    def _remember(self, record: SeedRecord, record_id: int) -> None:
        """A user may be named by e-mail too."""
        self.garden.ids[(record.entity, record.ref)] = record_id
        if record.entity == "user":
            self.garden.ids[("user", str(record.values.get("email")))] = record_id
            self.garden.roles[record_id] = tuple(record.values.get("roles") or ())

    def values(self, record: SeedRecord) -> tuple[dict[str, Any], Lines]:
        """The values of a record but for its journey, and its line items. A value that hides until a later stage is
        given again with the last step. Raises `Invalid`, `PlantingRefused`."""
        entity = self._model.entities[record.entity]
        values: dict[str, Any] = {}
        lines: Lines = {}
        for name, written in record.values.items():
            known = entity.fields.get(name)
            if known is None or name == "created_at" or written in (None, ""):
                continue
            if not known.type.stored:
                lines[name] = [LineChange(None, self._line(record, known, row)) for row in written]
            elif "pipeline" in known.settings and self._moments.journey(written):
                continue
            elif (value := self._value(known, written)) is not None:
                values[name] = value
        return values, lines

    def _line(self, record: SeedRecord, children: Field, row: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a line item; a link must name a record planted already. Raises `PlantingRefused`."""
        fields = self._model.entities[children.target or ""].fields
        values = {
            name: self._value(fields[name], written) for name, written in row.items() if written not in (None, "")
        }
        for name, value in values.items():
            if value is None and (fields[name].target or fields[name].targets):
                raise PlantingRefused(record, message_text("planting.no_reference", name=name, ref=str(row[name])))
        return values

    def _value(self, known: Field, written: Any) -> Any:
        if known.target or known.targets:
            return self.garden.find(known, written)
        try:
            return self._moments.value(written, known)
        except ValueRefused as refusal:
            raise Invalid({known.name: refusal.message}) from refusal

    def _postpone(self, entity: Entity, record: SeedRecord, record_id: int, born: datetime) -> None:
        for name, written in record.values.items():
            known = entity.fields.get(name)
            if known is None or written in (None, "") or not known.type.stored or not (known.target or known.targets):
                continue
            if self.garden.find(known, written) is None:
                self.garden.later.append(Postponed(record, record_id, known, written, born))


def _reason(refusal: Invalid | Refused | ValueRefused) -> Text:
    if not isinstance(refusal, Invalid):
        return refusal.message
    field, reason = next(iter(refusal.errors.items()))
    named = message_text("planting.field", field=field, reason=reason)
    return named if field else Text.of({language: reason.in_(language) for language in LANGUAGES})
