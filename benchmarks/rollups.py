"""A write to a line that changes three stored rollups of its record, beside the same write where there are none."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

from benchmarks.workspace import EMAIL
from engine.access.actor import Actor
from engine.access.login import find_user
from engine.app import open_services
from engine.database.connection import Database
from engine.records.store import Store
from engine.settings import Settings

LINES = 20
TURNS, WRITES = 7, 15


@dataclass(frozen=True)
class Written:
    """Seconds of processor time a write takes in this process, and how many statements it runs."""

    processor: float
    statements: int

    @property
    def told(self) -> str:
        return f"{self.processor * 1000:.2f} ms, {self.statements} statements"


def figures(environment: Mapping[str, str]) -> tuple[Written, Written]:
    """Of the workspace that the environment names."""
    services = open_services(Settings.from_environment(environment))
    if services.store is None:
        raise RuntimeError("there is no workspace")
    with services.database.read() as connection:
        actor = Actor(find_user(connection, EMAIL), frozenset({"admin"}))
    found = with_and_without(services.database, services.store, actor)
    services.database.close()
    return found


def with_and_without(database: Database, store: Store, actor: Actor) -> tuple[Written, Written]:
    """The write to a line of an order, whose lines are counted, added up and compared, and to one of a basket."""

    def filled(parent: str) -> int:
        record = store.create(actor, parent, {"name": "Pumps"})
        made = [store.create(actor, f"{parent}_line", {parent: record, "amount": n + 1}) for n in range(LINES)]
        return made[LINES // 2]

    def writer(entity: str, line: int) -> Callable[[int], object]:
        return lambda number: store.change(actor, entity, line, {"amount": number})

    works = [writer(f"{parent}_line", filled(parent)) for parent in ("order", "basket")]
    counted: list[int] = []
    for work in works:
        with database.count_statements() as statements:
            work(1000)
        counted.append(len(statements))
    spent = _in_turns(works)
    return Written(spent[0], counted[0]), Written(spent[1], counted[1])


def _in_turns(works: list[Callable[[int], object]]) -> list[float]:
    """The median turn of each, in seconds of processor time for a write."""
    taken: list[list[float]] = [[] for _ in works]
    for turn in range(TURNS):
        for place, work in enumerate(works):
            began = time.process_time()
            for number in range(WRITES):
                work(2000 + turn * WRITES + number)
            taken[place].append((time.process_time() - began) / WRITES)
    return [median(each) for each in taken]
