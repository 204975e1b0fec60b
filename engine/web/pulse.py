"""Open streams of events: one task of the process asks how all inboxes stand, and wakes those that changed.

A stream holds no thread and no connection to the database. Streams end when their session is over, when the browser
leaves and when the server stops, which it must not wait for."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

from anyio import CapacityLimiter, to_thread

from engine.records.pulse import Standing

EVERY = 2.0
"""Seconds between two looks."""
HEARTBEAT = 20.0
"""Seconds of silence after which a stream says that it is alive: proxies close what is silent for long."""
MOST = 16
"""Streams of one session; a browser needs one."""
RETRY = "retry: 4000\n\n"
BEAT = ": here\n\n"
OVER = "event: over\ndata:\n\n"
Look = Callable[[Sequence[str]], dict[str, Standing]]
_log = logging.getLogger("engine.web")


@dataclass(eq=False)
class _Listener:
    session_id: str
    standing: Standing | None = None
    over: bool = False
    closed: bool = False
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, standing: Standing | None) -> None:
        """None: the session is over."""
        if standing is None:
            self.over = True
        if standing is None or standing != self.standing:
            self.standing = standing
            self.woken.set()

    def close(self) -> None:
        self.closed = True
        self.woken.set()


class Pulse:
    """The streams of one process. `look` asks the database, in a thread of its own."""

    def __init__(self, look: Look, every: float = EVERY, heartbeat: float = HEARTBEAT) -> None:
        self._look, self._every, self._heartbeat = look, every, heartbeat
        self._listeners: set[_Listener] = set()
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    def is_full(self, session_id: str) -> bool:
        return sum(listener.session_id == session_id for listener in self._listeners) >= MOST

    async def listen(self, session_id: str) -> AsyncIterator[str]:
        """The stream of one session: how its inbox stands now, and whenever that changes."""
        listener = _Listener(session_id, closed=self._closed)
        self._listeners.add(listener)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        try:
            yield RETRY
            while not listener.closed:
                yield await self._next(listener)
                if listener.over:
                    return
        finally:
            self._listeners.discard(listener)

    def close(self) -> None:
        """Every stream ends now, and none begins."""
        self._closed = True
        for listener in self._listeners:
            listener.close()

    async def _next(self, listener: _Listener) -> str:
        try:
            await asyncio.wait_for(listener.woken.wait(), self._heartbeat)
        except TimeoutError:
            return BEAT
        listener.woken.clear()
        if listener.over:
            return OVER
        if listener.closed or listener.standing is None:
            return BEAT
        standing = {"unread": listener.standing.unread, "newest": str(listener.standing.newest)}
        return f"data: {json.dumps(standing)}\n\n"

    async def _run(self) -> None:
        limiter = CapacityLimiter(1)
        while self._listeners and not self._closed:
            listening = tuple(self._listeners)
            names = sorted({listener.session_id for listener in listening})
            try:
                standings = await to_thread.run_sync(self._look, names, limiter=limiter)
            except Exception:
                _log.exception("the inboxes could not be looked at")
            else:
                for listener in listening:
                    listener.hear(standings.get(listener.session_id))
            await self._pause()

    async def _pause(self) -> None:
        """A server that was told to stop waits for open streams, and tells nobody: its signal handler is asked."""
        left = self._every
        while left > 0 and not self._closed:
            if _server_stops():
                self.close()
            await asyncio.sleep(min(0.25, left))
            left -= 0.25


def _server_stops() -> bool:
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return bool(getattr(server, "should_exit", False))
