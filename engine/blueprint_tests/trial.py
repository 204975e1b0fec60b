"""One test while it runs, in a transaction that is never committed: its records, its people, what was refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from engine.access import grants
from engine.access.actor import ENGINE, Actor
from engine.blueprint_tests.ground import Ground
from engine.blueprint_tests.names import DELETED, ME
from engine.expressions.evaluate import Count, evaluate
from engine.expressions.moment import Moment
from engine.expressions.parse import Expression
from engine.expressions.trace import Part
from engine.language.source import Place
from engine.locale.catalogue import message_text
from engine.locale.text import LANGUAGES, Text
from engine.records.errors import RecordNotFound
from engine.records.model import Record
from engine.records.planting import Garden, Lines, Planter, in_planting_order
from engine.records.refusals import REFUSALS, reasons
from engine.records.store import Store
from engine.records.view import RecordView
from engine.records.writing import Write
from engine.schema.field_type import ValueRefused
from engine.schema.model import SeedRecord

SOURCE = "ui"
"""What a test does, a person could do on a page."""


NOWHERE = Place("", 0, 0)


@dataclass(slots=True)
class Rejected:
    """A step, or a row of an import, that was refused: sentence by field, "" for the record as a whole."""

    step: int
    place: Place
    errors: Mapping[str, Text]
    row: int | None = None
    expected: bool = False

    def told(self) -> Text:
        return Text.of({language: " ".join(self._sentences(language)) for language in LANGUAGES})

    def _sentences(self, language: str) -> list[str]:
        return [f"{name}: {text.in_(language)}" if name else text.in_(language) for name, text in self.errors.items()]


@dataclass(slots=True)
class Trial:
    ground: Ground
    connection: Connection
    records: Mapping[str, str]
    """Reference -> entity."""
    actor: Actor = ENGINE
    garden: Garden = field(default_factory=Garden)
    rejected: list[Rejected] = field(default_factory=list)
    step: int = 0
    place: Place = NOWHERE
    _rows: dict[tuple[str, int], Mapping[str, Any] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.garden.ids |= self.ground.ids
        self.garden.roles |= self.ground.roles

    # -- what is there

    def plant(self, records: Sequence[SeedRecord], actor: str | None) -> None:
        """Put the given records in, and make `actor` the one who acts. Raises `PlantingRefused`."""
        planter = self.planter()
        with self.store.planting(self.connection, "seed") as write:
            if actor is not None:
                self._is_me(actor)
            for record in in_planting_order(self.store.model, records):
                planter.plant(write, record)
                if record.entity == "user":
                    self._grant(record.ref)
                    if actor is not None:
                        self._is_me(actor)
            planter.finish(write)
        self.actor = self.person(actor)

    def _is_me(self, actor: str) -> None:
        if ("user", actor) in self.garden.ids:
            self.garden.ids["user", ME] = self.garden.ids["user", actor]

    def _grant(self, ref: str) -> None:
        user_id = self.garden.ids["user", ref]
        grants.set_roles(self.connection, user_id, self.garden.roles.get(user_id, ()))

    def planter(self) -> Planter:
        """Reads values as files write them, at the present moment."""
        return Planter(self.store.model, self.ground.clock.now(), self.garden)

    # -- what happens

    @property
    def store(self) -> Store:
        return self.ground.store.within(self.connection)

    @property
    def moment(self) -> Moment:
        return self.ground.store.moment(self.actor)

    def person(self, ref: str | None) -> Actor:
        if ref is None:
            return ENGINE
        user_id = self.garden.ids["user", ref]
        return Actor(user_id, frozenset(self.garden.roles.get(user_id, ())))

    def write(self, source: str = SOURCE) -> Write:
        return self.ground.store.writing(self.connection, self.actor, source)

    def id(self, entity: str, ref: str) -> int:
        """The id of a record by its reference. Raises `ValueRefused` for one whose step was refused."""
        found = self.garden.ids.get((entity, ref))
        if found is None:
            raise ValueRefused(message_text("tests.not_there", name=ref))
        return found

    def values(self, record: SeedRecord) -> tuple[dict[str, Any], Lines]:
        """The written values as the gateway takes them; null empties a field. Raises `Invalid`, `PlantingRefused`."""
        values, lines = self.planter().values(record)
        emptied = [name for name, written in record.values.items() if written in (None, "")]
        return {**dict.fromkeys(emptied), **values}, lines

    @contextmanager
    def attempt(self, step: int, place: Place) -> Iterator[None]:
        """One step: what is refused is taken back and noted."""
        self.step, self.place = step, place
        self._rows.clear()
        try:
            with self.connection.begin_nested():
                yield
        except REFUSALS as refusal:
            self.reject(reasons(refusal))

    def reject(self, errors: Mapping[str, Text], row: int | None = None) -> None:
        self.rejected.append(Rejected(self.step, self.place, errors, row))

    # -- what is asked at the end

    def get(self, actor: Actor, entity: str, ref: str) -> Record:
        """Raises `RecordNotFound`, `ValueRefused`."""
        return self.store.get(actor, entity, self.id(entity, ref))

    def judge(self, expression: Expression) -> Any:
        return evaluate(expression, self.read, self.moment, self.count)

    @property
    def count(self) -> Count:
        return self._view("user").count

    def read(self, path: tuple[str, ...]) -> Any:
        """The value of a path that begins with the reference of a record; null for one that was never made."""
        entity = "user" if path[0] == ME else self.records[path[0]]
        record_id = self.garden.ids.get((entity, path[0]))
        if record_id is None or len(path) == 1:
            return record_id
        if path[1] == "id":
            return record_id
        row = self._row(entity, record_id)
        if row is None or path[1] == DELETED:
            return row and row[DELETED]
        return self._view(entity).read(row, path[1:], [path[1:]])

    def _view(self, entity: str) -> RecordView:
        model = self.store.model
        return RecordView(self.connection, model, self.store.dialect, model.entities[entity], self.moment)

    def _row(self, entity: str, record_id: int) -> Mapping[str, Any] | None:
        if (entity, record_id) not in self._rows:
            try:
                row: Mapping[str, Any] | None = self.store.get(ENGINE, entity, record_id).row
            except RecordNotFound:
                row = None
            self._rows[entity, record_id] = row
        return self._rows[entity, record_id]

    def shown(self, part: Part) -> str:
        """The value of a part of an expression, as a person reads it."""
        if part.value is None:
            return "null"
        if isinstance(part.value, bool):
            return "true" if part.value else "false"
        return repr(part.value) if isinstance(part.value, str) else str(part.value)
