"""What many writes of one transaction leave beside their rows, written together at its end: history, stages, words and
keys to be found by. Nothing may read them before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from engine.database.identifiers import Identifiers
from engine.records import history, match_index, search_index
from engine.records.model import RecordModel

Entries = Sequence[tuple[int, history.Write, history.Changes]]
Moves = Sequence[tuple[int, history.Write, str, tuple[Any, Any]]]
CHUNK = 1000


class Backlog:
    """For files of records, which nobody is told of one by one."""

    def __init__(self) -> None:
        self._written: dict[history.Kind, list[tuple[int, history.Write, history.Changes]]] = {}
        self._rounds: list[list[tuple[int, history.Write, str, tuple[Any, Any]]]] = []
        self._moved: Counter[tuple[int, str]] = Counter()
        self._touched: set[str] = set()

    def touch(self, entity: str) -> None:
        """Its records are to be found by other words and keys than before."""
        self._touched.add(entity)

    def keep(self, kind: history.Kind, entries: Entries, moves: Moves) -> None:
        self._written.setdefault(kind, []).extend(entries)
        for move in moves:
            place = (move[1].record_id, move[2])
            if self._moved[place] == len(self._rounds):
                self._rounds.append([])
            self._rounds[self._moved[place]].append(move)
            self._moved[place] += 1

    def write(self, connection: Connection, ids: Identifiers, model: RecordModel) -> None:
        """Everything kept so far. The stages of a record follow one another, so each round has one of every record."""
        for kind, entries in self._written.items():
            for part in _parts(entries):
                history.record_writes(connection, part, kind)
        for moves in self._rounds:
            history.record_stages(connection, moves)
        names = sorted(self._touched)
        search_index.rebuild(connection, model.entities, model.metadata, names)
        match_index.rebuild(connection, ids, model.entities, model.metadata, names)


def _parts(entries: Entries) -> Iterable[Entries]:
    return (entries[start : start + CHUNK] for start in range(0, len(entries), CHUNK))
