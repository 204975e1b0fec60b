"""One operation while it runs: batches of writes, each committed together with how far the operation has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from engine.access.actor import Actor
from engine.locale.text import Text
from engine.records.operations import Operation, Refusal
from engine.records.refusals import REFUSALS, reasons
from engine.records.store import Store
from engine.records.writing import Write

BATCH = 200
"""The most records one write transaction takes on; it should stay well under a second."""


class Stopped(Exception):
    """Somebody stopped the operation, or another process has it: what the batch wrote is taken back."""


class Leaving(Exception):
    """The process ends: what is left is done by the next one."""


class Keeper(Protocol):
    """Where a run says how far it has come."""

    def keep(self, batch: Batch) -> None:
        """In the transaction of the batch. Raises `Stopped`."""

    def beat(self, operation_id: int) -> None:
        """In a transaction of its own. Raises `Stopped`."""


class Job(Protocol):
    """What is done in operations of one kind. `source` is how its history rows say where they come from."""

    source: str

    def run(self, run: OperationRun) -> None:
        """Do what is left from `run.position` on, in batches; returning means done. Let `Stopped` and `Leaving` pass.
        What else is raised ends the operation as failed; what the batches wrote before stays."""


@dataclass(slots=True)
class Batch:
    """One write transaction. What it counts is kept when the block ends; an exception takes all of it back."""

    write: Write
    operation_id: int
    position: int
    """Where the next batch begins; the job moves it on."""
    result: dict[str, Any]
    total: int | None = None
    """Set it where the number of records is found out on the way."""
    done: int = 0
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)

    @contextmanager
    def attempt(self, position: int = 0, record_id: int | None = None, title: str = "") -> Iterator[None]:
        """One record: it is counted as done, or, when the gateway refuses it, taken back and counted as refused. The
        others of the batch are not touched by that."""
        try:
            with self.write.attempt():
                yield
        except REFUSALS as refusal:
            self.refuse(reasons(refusal), position, record_id, title)
        else:
            self.done += 1

    def refuse(
        self,
        errors: Mapping[str, Text],
        position: int = 0,
        record_id: int | None = None,
        title: str = "",
        entity: str = "",
    ) -> None:
        """Count one record as refused: a sentence for each field or column, "" for the record as a whole."""
        self.refused += 1
        self.note(errors, position, record_id, title, entity)

    def note(
        self,
        errors: Mapping[str, Text],
        position: int = 0,
        record_id: int | None = None,
        title: str = "",
        entity: str = "",
    ) -> None:
        """Say something about a record without counting it."""
        self.refusals += [Refusal(text, position, record_id, title, cell, entity) for cell, text in errors.items()]


class OperationRun:
    """What a job is given: the operation, the gateway, and for whom it writes."""

    def __init__(
        self,
        operation: Operation,
        store: Store,
        actor: Actor,
        source: str,
        keeper: Keeper,
        leaving: Callable[[], bool] = lambda: False,
    ) -> None:
        self.operation, self.store, self.actor, self.source = operation, store.seen_by(actor), actor, source
        self.position = operation.position
        self.result: Mapping[str, Any] = operation.result
        self._keeper, self._leaving = keeper, leaving

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Write and count in one transaction, at most `BATCH` records. Raises `Stopped`, `Leaving`."""
        if self._leaving():
            raise Leaving
        with self.store.begin(self.actor, self.source, self.operation.id) as write:
            batch = Batch(write, self.operation.id, self.position, dict(self.result))
            yield batch
            self._keeper.keep(batch)
        self.position, self.result = batch.position, batch.result

    def beat(self) -> None:
        """Say that it still runs, in long work between two batches. Raises `Stopped`, `Leaving`."""
        if self._leaving():
            raise Leaving
        self._keeper.beat(self.operation.id)
