"""How many requests an API token may make: a bucket that fills again evenly, one for each token and process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from engine.clock import Clock

WINDOW = 60
"""Seconds in which an empty bucket fills."""
MOST = 10_000
"""Buckets that are kept; who has not asked for longest begins with a full one again."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left after a request. `wait` is how many seconds until the next one is let in; 0 when this one was."""

    limit: int
    left: int
    wait: int
    full_in: int
    """Seconds until nothing is used up any more."""


class ApiRate:
    """`limit` requests a minute; 0 lets everything in."""

    def __init__(self, limit: int, clock: Clock) -> None:
        self._limit, self._clock = limit, clock
        self._buckets: OrderedDict[int, tuple[float, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, token_id: int) -> Allowance | None:
        """Count one request; None where there is no limit."""
        if not self._limit:
            return None
        now, pace = self._clock.now(), self._limit / WINDOW
        with self._lock:
            level, at = self._buckets.pop(token_id, (float(self._limit), now))
            level = min(float(self._limit), level + max(0.0, (now - at).total_seconds()) * pace)
            admitted = level >= 1
            level -= admitted
            self._buckets[token_id] = (level, now)
            while len(self._buckets) > MOST:
                self._buckets.popitem(last=False)
        wait = 0 if admitted else max(1, ceil((1 - level) / pace))
        return Allowance(self._limit, int(level), wait, ceil((self._limit - level) / pace))
