"""What every part of one write shares: the connection, the model, who writes, when and from where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, bindparam, select

from engine.access.actor import Actor
from engine.access.policy import Verb
from engine.database.connection import Dialect
from engine.database.identifiers import Identifiers
from engine.expressions.moment import Moment, moment_at
from engine.records.backlog import Backlog
from engine.records.computed_touch import Touched
from engine.records.errors import RecordNotFound
from engine.records.model import RecordModel
from engine.records.rows import RowSource
from engine.records.view import NOTHING, Awaited, RecordView
from engine.schema.model import Entity
from engine.schema.record_ids import LARGEST

if TYPE_CHECKING:
    from engine.records.foresight import Foresight

Values = Mapping[str, Any]
UNDO = "undo"
"""The source of writes that take others back: a record returns to a stage it had without passing a guard."""
Aside = Callable[[], AbstractContextManager[Connection]]
VERBS: tuple[Verb, ...] = ("update", "delete")
CHUNK = 500
STORED = "stored"
"""The parameter with the id of the record that is read."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as it stands in the table before a write."""

    row: dict[str, Any]
    may_update: bool
    may_delete: bool

    @property
    def id(self) -> int:
        return int(self.row["id"])

    @property
    def version(self) -> int:
        return int(self.row["version"])


@dataclass(frozen=True, slots=True)
class Transaction:
    connection: Connection
    model: RecordModel
    dialect: Dialect
    ids: Identifiers
    moment: Moment
    actor: Actor
    source: str
    operation: int | None = None
    """The operation of many writes that this one belongs to."""
    aside: Aside | None = None
    """Opens a connection whose statements stay whatever becomes of this transaction; None where there is none."""
    backlog: Backlog | None = None
    """Where many writes leave what is written beside their rows, for whoever began to write it at the end."""
    present: Moment | None = None
    """When it really is, in a write at another time."""
    foresight: Foresight | None = None
    """What was asked beforehand for many writes."""
    judging: bool = False
    """Nothing is written, and nothing locked."""
    settled: bool = False
    """Values are what the types of their fields have made of them."""
    unread: frozenset[str] = frozenset()
    """Fields whose values nobody knows yet: no check that reads one is judged."""
    touched: Touched = field(default_factory=Touched)
    """What computed values are made of, as far as it was written and they were not worked out anew."""
    _teams: dict[int, int | None] = field(default_factory=dict)

    def at(self, now: datetime) -> Transaction:
        """The same transaction at another time."""
        moment = moment_at(now, self.moment.me, self.moment.calendar)
        return replace(self, moment=moment, present=self.present or self.moment)

    def entity(self, name: str) -> Entity:
        return self.model.entities[name]

    def view(
        self, entity: Entity, of_new: bool = False, before: Values | None = None, awaited: Awaited = NOTHING
    ) -> RecordView:
        """What rules see of a row that was `before`; rows `of_new` records may share what is read behind their links.
        Rows `awaited` count as they will be."""
        if self.foresight is not None:
            if of_new and self.foresight.view is not None and not awaited:
                return self.foresight.view
            awaited = {**self.foresight.awaited, **awaited}
        view = RecordView(self.connection, self.model, self.dialect, entity, self.moment, before, awaited)
        known = self.foresight.view if self.foresight is not None and self.judging else None
        return view if known is None else view.sharing(known)

    def present_view(self, view: RecordView) -> RecordView | None:
        """For a write at another time: what rules see now."""
        return None if self.present is None else view.at(self.present)

    @property
    def parameters(self) -> dict[str, Any]:
        """What conditions in SQL ask of the actor and the moment."""
        return {**self.moment.parameters, "me": self.actor.user_id}

    def stored(self, entity: Entity, record_id: int, in_bin: bool = False) -> Stored:
        """A record the actor may see, locked until the end. Raises `RecordNotFound`."""
        if not 0 < record_id <= LARGEST:
            raise RecordNotFound

        def build() -> Select[Any]:
            rows = RowSource(self.model, self.dialect, entity.name)
            deleted, here = rows.table.c.deleted_at, rows.table.c.id == bindparam(STORED, type_=BigInteger())
            state = deleted.is_not(None) if in_bin else deleted.is_(None)
            return self._statement(rows, (here, state, rows.allowed(self.actor, "read")))

        key = "stored", entity.name, in_bin, self.actor.roles, self.actor.unlimited, self.judging
        statement = self.model.statements.get(key, None, build)
        return self._first(self._read(entity, statement, {STORED: record_id}))

    def stored_many(self, entity: Entity, ids: Sequence[int]) -> dict[int, Stored]:
        """Those of the records that the actor may see, by id, locked until the end."""
        found: dict[int, Stored] = {}
        for start in range(0, len(ids), CHUNK):
            rows = RowSource(self.model, self.dialect, entity.name)
            among = rows.table.c.id.in_(ids[start : start + CHUNK])
            here = (among, rows.table.c.deleted_at.is_(None), rows.allowed(self.actor, "read"))
            found |= {stored.id: stored for stored in self._found(rows, here)}
        return found

    def line(self, entity: Entity, key: str, parent_id: int, record_id: int) -> Stored:
        """A line item of a record whose rights are judged already, locked until the end. Raises `RecordNotFound`."""
        if not 0 < record_id <= LARGEST:
            raise RecordNotFound
        rows = RowSource(self.model, self.dialect, entity.name)
        columns = rows.table.c
        return self._find(rows, (columns.id == record_id, columns.deleted_at.is_(None), columns[key] == parent_id))

    def lines(self, entity: Entity, key: str, parent_id: int) -> dict[int, Stored]:
        """The line items of a record whose rights are judged already, by id, locked until the end."""
        rows = RowSource(self.model, self.dialect, entity.name)
        columns = rows.table.c
        here = (columns[key] == parent_id, columns.deleted_at.is_(None))
        return {stored.id: stored for stored in self._found(rows, here)}

    def _find(self, rows: RowSource, where: tuple[ColumnElement[bool], ...]) -> Stored:
        return self._first(self._found(rows, where))

    def _first(self, found: Iterator[Stored]) -> Stored:
        stored = next(found, None)
        if stored is None:
            raise RecordNotFound
        return stored

    def _found(self, rows: RowSource, where: tuple[ColumnElement[bool], ...]) -> Iterator[Stored]:
        return self._read(self.entity(rows.entity), self._statement(rows, where), {})

    def _statement(self, rows: RowSource, where: tuple[ColumnElement[bool], ...]) -> Select[Any]:
        verbs = [rows.allowed(self.actor, verb).label(f"may_{verb}__") for verb in VERBS]
        verbs += [rows.column((name,)).label(name) for name in _through(self.entity(rows.entity))]
        statement = select(rows.table, *verbs).select_from(rows.joined).where(*where)
        if self.dialect == "postgresql" and not self.judging:
            statement = statement.with_for_update(of=rows.table)
        return statement

    def _read(self, entity: Entity, statement: Select[Any], more: Values) -> Iterator[Stored]:
        names = [*(column.name for column in self.model.table(entity.name).columns), *_through(entity)]
        for found in self.connection.execute(statement, {**self.parameters, **more}).mappings().all():
            row = {name: found[name] for name in names}
            yield Stored(row, bool(found["may_update__"]), bool(found["may_delete__"]))

    def team_of(self, user_id: int) -> int | None:
        """The team of a user; asked once."""
        if user_id not in self._teams:
            user = self.model.table("user")
            here = user.c.id == bindparam(STORED, type_=BigInteger())
            statement = self.model.statements.get("team", None, lambda: select(user.c.main_team).where(here))
            self._teams[user_id] = self.connection.execute(statement, {STORED: user_id}).scalar_one_or_none()
        return self._teams[user_id]


def _through(entity: Entity) -> list[str]:
    """The fields whose value is read through other records."""
    return [field.name for field in entity.declared if field.joint is not None]
