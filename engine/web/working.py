"""The thread of a serving process that runs operations, one after the other, beside what the process answers."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread

from engine.records.runner import Runner

PAUSE = 0.5
"""Seconds between two looks for an operation that waits."""
ROUNDS = 40
"""Looks between two searches for what dead processes left."""
PATIENCE = 2.0
"""Seconds an operation has for the batch it is writing when the process ends."""
_log = logging.getLogger("engine.web")


@asynccontextmanager
async def working(runner: Runner, wanted: bool, pause: float = PAUSE) -> AsyncIterator[None]:
    """Runs operations as long as the block lasts; what is not done then goes on in the next process."""
    leaving = threading.Event()
    thread = threading.Thread(target=_work, args=(runner, leaving, pause), name="operations", daemon=True)
    if wanted:
        thread.start()
    try:
        yield
    finally:
        leaving.set()
        if wanted:
            await to_thread.run_sync(thread.join, PATIENCE)


def _work(runner: Runner, leaving: threading.Event, pause: float) -> None:
    idle = 0
    while not leaving.is_set():
        try:
            if idle % ROUNDS == 0:
                runner.find_dead()
            idle = 0 if runner.run_next(leaving.is_set) else idle + 1
        except Exception:
            _log.exception("the operations could not be looked at")
            idle += 1
        if idle:
            leaving.wait(pause)
