"""Ids of records: time-ordered integers below 2**53, safe as numbers in JavaScript."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from sqlalchemy import Connection, update

from engine.clock import Clock
from engine.database import system_tables

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
_NODE_BITS = 5
_SEQUENCE_BITS = 7
NODES = 1 << _NODE_BITS


class Identifiers:
    """41 bits of milliseconds since 2024, 5 bits of node, 7 bits of sequence. Thread-safe; within a process each id is
    greater than the one before, even when the clock goes back: a full or passed millisecond borrows from the next."""

    def __init__(self, node: int, clock: Clock) -> None:
        if not 0 <= node < NODES:
            raise ValueError(f"a node is a number from 0 to {NODES - 1}, not {node}")
        self._node = node
        self._clock = clock
        self._last = -1
        self._guard = threading.Lock()

    def next(self) -> int:
        age = self._clock.now() - EPOCH
        milliseconds = (age.days * 86_400 + age.seconds) * 1000 + age.microseconds // 1000
        with self._guard:
            self._last = max(self._last + 1, milliseconds << _SEQUENCE_BITS)
            tick = self._last
        high, sequence = tick >> _SEQUENCE_BITS, tick & ((1 << _SEQUENCE_BITS) - 1)
        return (high << (_NODE_BITS + _SEQUENCE_BITS)) | (self._node << _SEQUENCE_BITS) | sequence


def take_node(connection: Connection) -> int:
    """The next node number of the workspace, a different one for each process that starts; 0 before it is founded."""
    table = system_tables.workspace
    statement = update(table).values(id_node=(table.c.id_node + 1) % NODES).returning(table.c.id_node)
    return connection.execute(statement).scalar_one_or_none() or 0
