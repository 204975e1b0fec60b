"""Runs operations: takes one, does its job in the name of who asked for it, and says how it ended."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection

from engine.access import grants
from engine.access.actor import ENGINE, Actor
from engine.database.deadlocks import again
from engine.records.lease import Lease
from engine.records.operation_run import Job, Leaving, OperationRun, Stopped
from engine.records.operations import Operation
from engine.records.store import Store

_log = logging.getLogger("engine.records")


class Runner:
    """`jobs` by kind of operation; `store` gives the gateway that runs now, None before the founding."""

    def __init__(self, lease: Lease, store: Callable[[], Store | None], jobs: Mapping[str, Job]) -> None:
        self._lease, self._store, self._jobs = lease, store, jobs

    def run_next(self, leaving: Callable[[], bool] = lambda: False) -> bool:
        """Run the operation that waits longest, and tell its person how it ended; whether there was one."""
        store = self._store()
        operation = self._lease.claim() if store else None
        if store is None or operation is None:
            return False
        self._perform(operation, store, leaving, tell=True)
        return True

    def run(self, operation_id: int) -> bool:
        """Run this operation here and now; False when it does not wait any more."""
        store = self._store()
        operation = self._lease.claim(operation_id) if store else None
        if store is None or operation is None:
            return False
        self._perform(operation, store, lambda: False, tell=False)
        return True

    @contextmanager
    def holding(self, actor: Actor, source: str, start: Callable[[Connection], int]) -> Iterator[OperationRun]:
        """What the block does is the operation that `start` writes, and no other process can take it: done at the end
        of the block, failed when an exception passes. `Stopped` passes when somebody stopped it."""
        store = self._store()
        assert store is not None
        operation = self._lease.begin(start)
        try:
            yield OperationRun(operation, store, actor, source, self._lease)
        except BaseException:
            self._lease.end(operation, "failed", tell=False)
            raise
        self._lease.end(operation, "done", tell=False)

    def find_dead(self) -> int:
        """Mark what dead processes left running as interrupted; how many there were."""
        return self._lease.find_dead() if self._store() else 0

    def _perform(self, operation: Operation, store: Store, leaving: Callable[[], bool], tell: bool) -> None:
        try:
            job = self._jobs[operation.kind]
            run = OperationRun(operation, store, _actor(store, operation), job.source, self._lease, leaving)
            again(lambda: job.run(run))
        except Stopped:
            return
        except Leaving:
            self._lease.release(operation.id)
        except Exception:
            _log.exception("operation %s (%s) failed", operation.id, operation.kind)
            self._lease.end(operation, "failed", tell)
        else:
            self._lease.end(operation, "done", tell)


def _actor(store: Store, operation: Operation) -> Actor:
    """Who asked for it, with the roles they have now; a user who may not come in any more has none."""
    if operation.actor_id is None:
        return ENGINE
    with store.reading() as connection:
        return Actor(operation.actor_id, grants.roles_now(connection, operation.actor_id))
