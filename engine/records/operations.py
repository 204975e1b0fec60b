"""Operations: what is done to many records and may take a while. Each is a row that says how far it has come, so that
it can be watched, stopped, taken up again after a crash, and undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Select, func, insert, select, update

from engine.access.actor import Actor
from engine.clock import Clock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.database.system_tables import history, operation as table, operation_part, operation_refusal
from engine.locale.text import Text
from engine.records.errors import RecordNotFound
from engine.records.transaction import UNDO
from engine.schema.record_ids import LARGEST

State = Literal["waiting", "running", "done", "stopped", "failed", "interrupted", "undoing", "undone"]
ENDED: frozenset[State] = frozenset({"done", "stopped", "failed", "interrupted", "undone"})
RESUMABLE: tuple[State, ...] = ("stopped", "failed", "interrupted")
UNDOABLE: tuple[State, ...] = ("done", *RESUMABLE)


@dataclass(frozen=True, slots=True)
class Operation:
    """`total` is None while nobody knows it; `position` is where the job goes on, as it counts."""

    id: int
    kind: str
    entity: str
    actor_id: int | None
    state: State
    total: int | None
    done: int
    refused: int
    position: int
    settings: Mapping[str, Any]
    result: Mapping[str, Any]
    undo_of: int | None
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    heartbeat: datetime | None = None
    holder: str | None = None
    cleared_at: datetime | None = None
    """Since when no more than this line of it is kept."""

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def resumable(self) -> bool:
        """Whether it can go on; `settings["resume"]` is false where no other process could."""
        return self.state in RESUMABLE and self.cleared_at is None and bool(self.settings.get("resume", True))

    @property
    def undoable(self) -> bool:
        """Whether it wrote records; `settings["undo"]` is false where a job writes none."""
        wrote = self.done > 0 and self.undo_of is None and self.settings.get("undo", True)
        return self.state in UNDOABLE and self.cleared_at is None and bool(wrote)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One record or row that was left as it is, and why."""

    reason: Text
    position: int = 0
    record_id: int | None = None
    title: str = ""
    cell: str = ""
    entity: str = ""
    """Empty for the operation's own."""
    id: int = field(default=0, compare=False)


class NotNow(Exception):
    """The operation is not in a state in which this can be done: somebody was faster, or it is done already."""


class Operations:
    """The operations of one workspace. One that is not the actor's is not found, unless `everybody`'s are asked for."""

    def __init__(self, database: Database, ids: Identifiers, clock: Clock) -> None:
        self._database, self._ids, self._clock = database, ids, clock

    # -- asking for one

    def start(
        self,
        actor: Actor,
        kind: str,
        entity: str,
        settings: Mapping[str, Any],
        total: int | None = None,
        parts: Iterable[Sequence[Any]] = (),
        connection: Connection | None = None,
    ) -> int:
        """A new operation that waits for a runner; its id. `parts` are what its write transactions will take on, one
        after the other. With a `connection` it is written in the caller's transaction."""
        if connection is None:
            with self._database.write() as own:
                return self.start(actor, kind, entity, settings, total, parts, own)
        operation_id = self._insert(connection, actor, kind, entity, settings, total, None)
        rows = [{"operation": operation_id, "number": number, "items": list(part)} for number, part in enumerate(parts)]
        if rows:
            connection.execute(insert(operation_part), rows)
        return operation_id

    def finish(self, connection: Connection, operation_id: int, done: int, result: Mapping[str, Any]) -> None:
        """Say that the caller has done the whole operation in the transaction it was started in: no runner sees it."""
        now = self._clock.now()
        ended = {"state": "done", "started_at": now, "finished_at": now}
        here = (table.c.id == operation_id, table.c.state == "waiting")
        connection.execute(update(table).where(*here).values(**ended, done=done, result=dict(result)))

    def undo(self, actor: Actor, operation_id: int, everybody: bool = False) -> int:
        """A new operation that takes back what this one wrote; its id. Raises `RecordNotFound`, `NotNow`."""
        undone = self.read(actor, operation_id, everybody)
        with self._database.write() as connection:
            if not undone.undoable or not _move(connection, operation_id, UNDOABLE, state="undoing"):
                raise NotNow
            written = select(func.count()).select_from(history).where(history.c.operation == operation_id)
            written = written.where(history.c.entity == undone.entity)
            total = connection.execute(written).scalar_one()
            return self._insert(connection, actor, UNDO, undone.entity, {"kind": undone.kind}, total, operation_id)

    def stop(self, actor: Actor, operation_id: int, everybody: bool = False) -> None:
        """What is written stays; the batch that is being written is taken back. Raises `RecordNotFound`, `NotNow`."""
        self.read(actor, operation_id, everybody)
        self._change(operation_id, ("waiting", "running"), state="stopped", finished_at=self._clock.now())

    def resume(self, actor: Actor, operation_id: int, everybody: bool = False) -> None:
        """Go on where it ended. Raises `RecordNotFound`, `NotNow`."""
        if not self.read(actor, operation_id, everybody).resumable:
            raise NotNow
        self._change(operation_id, RESUMABLE, state="waiting", finished_at=None)

    # -- looking at them

    def read(self, actor: Actor, operation_id: int, everybody: bool = False) -> Operation:
        """Raises `RecordNotFound`."""
        if not 0 < operation_id <= LARGEST:
            raise RecordNotFound
        found = self._read(select(table).where(table.c.id == operation_id))
        if not found or not (everybody or _is_of(found[0], actor)):
            raise RecordNotFound
        return found[0]

    def listed(
        self, actor: Actor, everybody: bool = False, before: int | None = None, limit: int = 50
    ) -> tuple[Operation, ...]:
        """The newest first; those older than the operation `before`."""
        statement = select(table).order_by(table.c.id.desc()).limit(limit)
        if not everybody:
            statement = statement.where(table.c.actor_id == actor.user_id)
        if before is not None:
            statement = statement.where(table.c.id < before)
        return self._read(statement)

    def undo_of(self, operation_id: int) -> Operation | None:
        """The operation that undoes or undid this one."""
        found = self._read(select(table).where(table.c.undo_of == operation_id).order_by(table.c.id.desc()).limit(1))
        return found[0] if found else None

    def refusals(self, operation_id: int, after: int = 0, limit: int = 100) -> tuple[Refusal, ...]:
        """What was refused of an operation already read, in the order it was met, behind the refusal `after`."""
        columns = operation_refusal.c
        statement = select(operation_refusal).where(columns.operation == operation_id, columns.id > after)
        with self._database.read() as connection:
            rows = connection.execute(statement.order_by(columns.id).limit(limit)).mappings().all()
        return tuple(_refusal(row) for row in rows)

    def part(self, operation_id: int, number: int) -> tuple[Any, ...] | None:
        """What a part given at the start holds; None behind the last one."""
        here = (operation_part.c.operation == operation_id, operation_part.c.number == number)
        with self._database.read() as connection:
            items = connection.execute(select(operation_part.c["items"]).where(*here)).scalar_one_or_none()
        return None if items is None else tuple(items)

    # -- shared

    def _insert(
        self,
        connection: Connection,
        actor: Actor,
        kind: str,
        entity: str,
        settings: Mapping[str, Any],
        total: int | None,
        undo_of: int | None,
    ) -> int:
        operation_id = self._ids.next()
        row = {"kind": kind, "entity": entity, "actor_id": actor.user_id, "state": "waiting", "total": total}
        more = {"settings": dict(settings), "result": {}, "undo_of": undo_of, "created_at": self._clock.now()}
        connection.execute(insert(table).values(id=operation_id, **row, **more))
        return operation_id

    def _change(self, operation_id: int, states: Sequence[State], **values: Any) -> None:
        with self._database.write() as connection:
            if not _move(connection, operation_id, states, **values):
                raise NotNow

    def _read(self, statement: Select[Any]) -> tuple[Operation, ...]:
        with self._database.read() as connection:
            return tuple(operation_of(row) for row in connection.execute(statement).mappings())


def operation_of(row: Mapping[Any, Any]) -> Operation:
    return Operation(**{name: row[name] for name in Operation.__slots__})


def _move(connection: Connection, operation_id: int, states: Sequence[str], **values: Any) -> bool:
    """Change an operation that is in one of these states; whether it was."""
    here = (table.c.id == operation_id, table.c.state.in_(states))
    return connection.execute(update(table).where(*here).values(**values)).rowcount == 1


def _is_of(operation: Operation, actor: Actor) -> bool:
    return actor.unlimited or (operation.actor_id is not None and operation.actor_id == actor.user_id)


def _refusal(row: Mapping[Any, Any]) -> Refusal:
    reason = Text.of(row["reason"])
    texts = {name: row[name] or "" for name in ("title", "cell", "entity")}
    return Refusal(reason, row["position"], row["record_id"], **texts, id=row["id"])
