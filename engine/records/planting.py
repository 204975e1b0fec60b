"""Seed and demo records: references become ids, relative dates become dates, stage journeys become history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.errors import Invalid, Refused
from engine.records.model import RecordModel
from engine.records.writing import LineChange, Write
from engine.schema.field_type import ValueRefused
from engine.schema.model import Entity, Field, SeedRecord

RELATIVE = re.compile(r"^(today|now)(?:([+-])(\d{1,4})(min|h|d|w|mo|y))?$")
DAYS = {"d": 1, "w": 7, "mo": 30, "y": 365}
WORKING_HOUR = time(9, 30)


class PlantingRefused(Exception):
    """A record in a file cannot be written; `message` names it and says why."""

    def __init__(self, record: SeedRecord, reason: Text) -> None:
        self.message = message_text("planting.refused", place=str(record.place), ref=record.ref, reason=reason)
        super().__init__(self.message.in_("en"))


@dataclass(slots=True)
class Garden:
    """What is planted so far: ids by (entity, reference), links to set once their target exists."""

    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    later: list[tuple[str, int, str, str, SeedRecord]] = field(default_factory=list)
    roles: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """User id -> role names, for `access` to grant."""


def in_planting_order(model: RecordModel, records: Iterable[SeedRecord]) -> list[SeedRecord]:
    """Records whose links lead to records before them, as far as that goes."""
    order: list[str] = []

    def visit(name: str, path: frozenset[str]) -> None:
        if name in order or name in path:
            return
        for link in model.entities[name].fields.values():
            if link.target and link.type.stored and not link.system:
                visit(link.target, path | {name})
        order.append(name)

    for name in ("team", "user", *model.entities):
        visit(name, frozenset())
    return sorted(records, key=lambda record: order.index(record.entity))


class Planter:
    """Writes records of files through the gateway; `now` is the moment relative dates count from."""

    def __init__(self, model: RecordModel, now: datetime, garden: Garden) -> None:
        self._model, self._now, self.garden = model, now, garden
        self._zone = ZoneInfo(model.time_zone)

    def plant(self, write: Write, record: SeedRecord) -> int:
        """Write one record. Raises `PlantingRefused`."""
        try:
            return self._plant(write, record)
        except (Invalid, Refused, ValueRefused) as refusal:
            raise PlantingRefused(record, _reason(refusal)) from refusal

    def finish(self, write: Write) -> None:
        """Set the links that named records planted later. Raises `PlantingRefused`."""
        for entity, record_id, name, reference, record in self.garden.later:
            target = self._model.entities[entity].fields[name].target or ""
            found = self.garden.ids.get((target, reference))
            if found is None:
                raise PlantingRefused(record, message_text("planting.no_reference", name=name, ref=reference))
            write.change(entity, record_id, {name: found})
        self.garden.later.clear()

    def _plant(self, write: Write, record: SeedRecord) -> int:
        entity = self._model.entities[record.entity]
        journey = self._journey(entity, record)
        values, lines = self._values(entity, record, journey)
        born = self._moment(record.values["created_at"]) if "created_at" in record.values else None
        born = journey[0][1] if journey and journey[0][1] else born
        record_id = (write.at(born) if born else write).create(record.entity, values, lines)
        self._remember(record, record_id)
        self._postpone(entity, record, record_id)
        for stage, moment in journey[1:-1]:
            write.at(moment or self._now).change(record.entity, record_id, {_stage_name(entity): stage})
        for stage, moment in journey[1:][-1:]:
            write.at(moment or self._now).change(record.entity, record_id, values | {_stage_name(entity): stage})
        if "roles" in record.values and record.entity == "user":
            self.garden.roles[record_id] = tuple(record.values["roles"])
        return record_id

    def _remember(self, record: SeedRecord, record_id: int) -> None:
        """A user may be named by e-mail too."""
        self.garden.ids[(record.entity, record.ref)] = record_id
        if record.entity == "user" and "email" in record.values:
            self.garden.ids[("user", str(record.values["email"]))] = record_id

    def _values(
        self, entity: Entity, record: SeedRecord, journey: list[tuple[str, datetime | None]]
    ) -> tuple[dict[str, Any], dict[str, list[LineChange]]]:
        values: dict[str, Any] = {}
        lines: dict[str, list[LineChange]] = {}
        for name, written in record.values.items():
            known = entity.fields.get(name)
            if known is None or name == "created_at":
                continue
            if not known.type.stored:
                lines[name] = [LineChange(None, self._line(known, row)) for row in written]
            elif known.name == _stage_name(entity) and journey:
                values[name] = journey[0][0]
            elif (value := self._value(known, written)) is not None:
                values[name] = value
        return values, lines

    def _line(self, children: Field, row: Mapping[str, Any]) -> dict[str, Any]:
        fields = self._model.entities[children.target or ""].fields
        return {name: self._value(fields[name], written) for name, written in row.items() if name in fields}

    def _value(self, known: Field, written: Any) -> Any:
        if written is None or written == "":
            return None
        if known.target:
            return self.garden.ids.get((known.target, str(written)))
        if isinstance(written, str) and RELATIVE.match(written):
            return self._relative(known, written)
        return known.type.accept(written, known)

    def _postpone(self, entity: Entity, record: SeedRecord, record_id: int) -> None:
        for name, written in record.values.items():
            known = entity.fields.get(name)
            if known and known.target and known.type.stored and written not in (None, ""):
                if (known.target, str(written)) not in self.garden.ids:
                    self.garden.later.append((entity.name, record_id, name, str(written), record))

    def _journey(self, entity: Entity, record: SeedRecord) -> list[tuple[str, datetime | None]]:
        """`lead today-90d > proposal today-30d` as stages with the moment each was entered."""
        written = record.values.get(_stage_name(entity))
        if not isinstance(written, str) or " " not in written:
            return []
        steps = [step.split() for step in written.split(">")]
        return [(step[0], self._moment(step[1]) if len(step) > 1 else None) for step in steps]

    def _relative(self, known: Field, written: str) -> date | datetime:
        moment = self._moment(written)
        return moment if known.type.name == "datetime" else moment.astimezone(self._zone).date()

    def _moment(self, written: Any) -> datetime:
        """`today-30d` is the start of a working day; `now-2h` is exact; anything else an ISO date and time."""
        found = RELATIVE.match(str(written))
        if not found:
            moment = datetime.fromisoformat(str(written))
            return moment if moment.tzinfo else moment.replace(tzinfo=self._zone)
        word, sign, number, unit = found.groups()
        shift = _duration(int(number or 0), unit or "d") * (-1 if sign == "-" else 1)
        if word == "now":
            return self._now + shift
        moment = datetime.combine(self._now.astimezone(self._zone).date() + shift, WORKING_HOUR, self._zone)
        return moment if shift > timedelta() else min(moment, self._now)


def _duration(number: int, unit: str) -> timedelta:
    if unit in DAYS:
        return timedelta(days=number * DAYS[unit])
    return timedelta(hours=number) if unit == "h" else timedelta(minutes=number)


def _stage_name(entity: Entity) -> str:
    return entity.stage_field.name if entity.stage_field else ""


def _reason(refusal: Invalid | Refused | ValueRefused) -> Text:
    if isinstance(refusal, Invalid):
        name, text = next(iter(refusal.errors.items()))
        return Text.of({language: f"{name}: {text.in_(language)}" for language in ("en", "zh-CN")})
    return refusal.message
