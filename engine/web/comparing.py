"""Finding duplicates behind the scenes: what was written is compared a batch at a time, in a thread of its own."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import create_task_group, sleep, to_thread

from engine.records.match_sweep import BATCH, sweep
from engine.web.services import Services

PAUSE = 15.0
"""Seconds between two rounds."""
MOST_BATCHES = 50
"""Of an entity in one round: others come in between."""
_log = logging.getLogger("engine.web")


@asynccontextmanager
async def comparing(services: Services, wanted: bool, pause: float = PAUSE) -> AsyncIterator[None]:
    """Compares records as long as the block lasts; twice at once does no harm."""
    async with create_task_group() as tasks:
        if wanted:
            tasks.start_soon(_rounds, services, pause)
        yield
        tasks.cancel_scope.cancel()


async def _rounds(services: Services, pause: float) -> None:
    while True:
        await sleep(pause)
        try:
            await to_thread.run_sync(compare, services)
        except Exception:
            _log.exception("records could not be compared")


def compare(services: Services) -> None:
    """One round over every entity with rules for duplicates."""
    if services.workspace is None:
        return
    model = services.workspace.store.model
    for entity in (name for name, each in model.entities.items() if each.matching):
        for _ in range(MOST_BATCHES):
            if sweep(services.database, model, entity) < BATCH:
                break
