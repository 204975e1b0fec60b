"""The gateway: every read and write of records goes through here, for an actor, under the rights of their roles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from engine.access.actor import ENGINE, Actor
from engine.records.planting import planting
from engine.records.reader import Reader
from engine.records.transaction import Transaction
from engine.records.writing import Lines, Values, Write


class Store(Reader):
    """The records of one workspace under one published blueprint."""

    @contextmanager
    def begin(self, actor: Actor, source: str, operation: int | None = None) -> Iterator[Write]:
        """One transaction: everything written in the block is committed together, or nothing is. Its history rows
        carry the `operation` they belong to."""
        aside = self._database.aside if self._database.dialect == "postgresql" else None
        with self._database.write() as connection:
            yield Write(self._transaction(connection, actor, source, operation, aside))

    @contextmanager
    def judging(self, actor: Actor, source: str) -> Iterator[Write]:
        """What would become of writes: `judge`, `judge_many`, `named` and `matching` ask; nothing may be written."""
        with self._database.read() as connection:
            yield Write(replace(self._transaction(connection, actor, source), judging=True))

    def writing(self, connection: Connection, actor: Actor, source: str, operation: int | None = None) -> Write:
        """Writes in a transaction of the caller's."""
        return Write(self._transaction(connection, actor, source, operation))

    def planting(self, connection: Connection, source: str) -> AbstractContextManager[Write]:
        return planting(self._transaction(connection, ENGINE, source))

    def create(self, actor: Actor, entity: str, values: Values, lines: Lines | None = None, source: str = "ui") -> int:
        with self.begin(actor, source) as write:
            return write.create(entity, values, lines)

    def change(
        self,
        actor: Actor,
        entity: str,
        record_id: int,
        values: Values,
        version: int | None = None,
        lines: Lines | None = None,
        source: str = "ui",
    ) -> int:
        with self.begin(actor, source) as write:
            return write.change(entity, record_id, values, version, lines)

    def delete(self, actor: Actor, entity: str, record_id: int, source: str = "ui") -> None:
        with self.begin(actor, source) as write:
            write.delete(entity, record_id)

    def restore(self, actor: Actor, entity: str, record_id: int, source: str = "ui") -> None:
        with self.begin(actor, source) as write:
            write.restore(entity, record_id)

    def _transaction(self, connection: Connection, actor: Actor, source: str, *more: Any) -> Transaction:
        dialect, moment = self._database.dialect, self.moment(actor)
        return Transaction(connection, self.model.whole, dialect, self._ids, moment, actor, source, *more)
