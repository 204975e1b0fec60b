"""Who runs an operation: a process takes a waiting one, keeps beating while it works, and lets it go at the end. What a
process left behind when it died is found by its heart that stopped."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from engine.clock import Clock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.database.system_tables import operation as table, operation_refusal
from engine.records.notices import tell_ended
from engine.records.operation_run import Batch, Stopped
from engine.records.operations import Operation, State, operation_of

SILENCE = timedelta(seconds=60)
"""How long a heart may be still before its process counts as dead."""


class Lease:
    """The operations one process holds."""

    def __init__(self, database: Database, ids: Identifiers, clock: Clock) -> None:
        self._database, self._ids, self._clock = database, ids, clock
        self._machine = socket.gethostname()[:60]
        self.holder = f"{self._machine}/{os.getpid()}/{secrets.token_hex(8)}"

    def claim(self, operation_id: int | None = None) -> Operation | None:
        """Take this waiting operation, or the oldest; None when there is none or another process was faster."""
        waiting = select(table.c.id).where(table.c.state == "waiting").order_by(table.c.id).limit(1)
        if operation_id is not None:
            waiting = waiting.where(table.c.id == operation_id)
        with self._database.read() as connection:
            found = connection.execute(waiting).scalar_one_or_none()
        if found is None:
            return None
        with self._database.write() as connection:
            return self._take(connection, found)

    def begin(self, start: Callable[[Connection], int]) -> Operation:
        """Take the operation that `start` writes, in the same transaction: no other process sees it wait."""
        with self._database.write() as connection:
            taken = self._take(connection, start(connection))
        assert taken is not None
        return taken

    def keep(self, batch: Batch) -> None:
        """Count what a batch did, in its transaction. Raises `Stopped`."""
        values: dict[str, Any] = {
            "done": table.c.done + batch.done,
            "refused": table.c.refused + batch.refused,
            "position": batch.position,
            "result": batch.result,
            "heartbeat": self._clock.now(),
        }
        if batch.total is not None:
            values["total"] = batch.total
        connection = batch.write.connection
        if connection.execute(update(table).where(self._mine(batch.operation_id)).values(values)).rowcount != 1:
            raise Stopped
        rows = [
            {
                "id": self._ids.next(),
                "operation": batch.operation_id,
                "position": refusal.position,
                "entity": refusal.entity or None,
                "record_id": refusal.record_id,
                "title": refusal.title or None,
                "cell": refusal.cell or None,
                "reason": dict(refusal.reason.by_language),
            }
            for refusal in batch.refusals
        ]
        if rows:
            connection.execute(insert(operation_refusal), rows)

    def beat(self, operation_id: int) -> None:
        """Raises `Stopped`."""
        if not self._change(operation_id, heartbeat=self._clock.now()):
            raise Stopped

    def end(self, operation: Operation, state: State, tell: bool) -> None:
        """Let go of it, and tell its person in their inbox if wanted; what it undoes is undone when it is done. One
        that is not held any more is left alone."""
        now = self._clock.now()
        with self._database.write() as connection:
            ended = update(table).where(self._mine(operation.id)).values(state=state, finished_at=now)
            if connection.execute(ended).rowcount != 1:
                return
            if operation.undo_of is not None and state == "done":
                undone = update(table).where(table.c.id == operation.undo_of)
                connection.execute(undone.values(state="undone", undone_at=now))
            if tell:
                tell_ended(connection, self._ids.next(), operation, now)

    def release(self, operation_id: int) -> None:
        """Give it back for the next process to go on with."""
        self._change(operation_id, state="waiting")

    def find_dead(self) -> int:
        """Mark what dead processes left running as interrupted; how many there were."""
        running = select(table).where(table.c.state == "running")
        with self._database.read() as connection:
            found = [operation_of(row) for row in connection.execute(running).mappings()]
        dead = [operation for operation in found if self._is_dead(operation.holder or "//", operation.heartbeat)]
        for operation in dead:
            here = and_(table.c.id == operation.id, table.c.state == "running", table.c.holder == operation.holder)
            now = self._clock.now()
            with self._database.write() as connection:
                ended = update(table).where(here).values(state="interrupted", finished_at=now)
                if connection.execute(ended).rowcount == 1:
                    tell_ended(connection, self._ids.next(), operation, now)
        return len(dead)

    def _take(self, connection: Connection, operation_id: int) -> Operation | None:
        now, this = self._clock.now(), table.c.id == operation_id
        taken = {"state": "running", "holder": self.holder, "heartbeat": now, "finished_at": None}
        if connection.execute(update(table).where(this, table.c.state == "waiting").values(taken)).rowcount != 1:
            return None
        connection.execute(update(table).where(this, table.c.started_at.is_(None)).values(started_at=now))
        return operation_of(connection.execute(select(table).where(this)).mappings().one())

    def _is_dead(self, holder: str, heartbeat: Any) -> bool:
        if holder == self.holder:
            return False
        machine, process, _ = holder.rsplit("/", 2)
        if machine == self._machine and not _lives(int(process or 0)):
            return True
        return bool(self._clock.now() - heartbeat > SILENCE)

    def _change(self, operation_id: int, **values: Any) -> bool:
        with self._database.write() as connection:
            return connection.execute(update(table).where(self._mine(operation_id)).values(values)).rowcount == 1

    def _mine(self, operation_id: int) -> ColumnElement[bool]:
        return and_(table.c.id == operation_id, table.c.state == "running", table.c.holder == self.holder)


def _lives(process: int) -> bool:
    """Whether a process of this machine lives; this one's number in another's lease belonged to one before it."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
