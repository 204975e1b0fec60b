"""What a server does every hour by itself: it forgets attached files that nothing holds any more, exports that were
kept for a day, files of imports after a month, and what old operations left.

Each process does it; twice at once does no harm, and between two rounds it holds neither a thread nor a connection."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count

from anyio import create_task_group, sleep, to_thread

from engine.access.api_answers import forget
from engine.records.operation_clearing import clear
from engine.web.services import Services

HOUR = 3600.0
A_DAY = 24
"""Rounds."""
Work = Callable[[int], None]
_log = logging.getLogger("engine.web")


@asynccontextmanager
async def hourly(work: Work, pause: float = HOUR) -> AsyncIterator[None]:
    """Calls `work` with the number of the round as long as the block runs, each time after `pause` seconds."""
    async with create_task_group() as tasks:
        tasks.start_soon(_rounds, work, pause)
        yield
        tasks.cancel_scope.cancel()


async def _rounds(work: Work, pause: float) -> None:
    for number in count(1):
        await sleep(pause)
        try:
            await to_thread.run_sync(work, number)
        except Exception:
            _log.exception("what nobody needs any more could not be cleared away")


def tidy(services: Services, number: int) -> None:
    """One round; what crashes have left is looked for in the first round and then once a day."""
    if services.workspace is None:
        return
    services.files.collect()
    forget(services.database, services.clock.now())
    services.exports.tidy()
    services.imports.collect()
    for operation_id in clear(services.database, services.clock.now()):
        services.exports.drop(operation_id)
    services.starts.tidy()
    with services.database.write() as connection:
        services.audit.forget(connection, services.clock.now() - timedelta(days=services.settings.audit_days))
    if number % A_DAY == 1:
        services.files.sweep()
