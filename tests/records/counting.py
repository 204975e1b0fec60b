"""Operations for tests: a job that renames deals in batches, and the parts that run it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.access import grants
from engine.records.lease import Lease
from engine.records.operation_run import Batch, OperationRun
from engine.records.operations import Operation, Operations
from engine.records.runner import Runner
from tests.records.shop import Shop


@dataclass
class Renaming:
    """Renames the deals of each part, one batch a part, to the given name; `between` is called before each batch."""

    source: str = "bulk"
    between: Callable[[int], None] = lambda number: None
    at_record: Callable[[Batch], None] = field(default=lambda batch: None)

    def run(self, run: OperationRun) -> None:
        operations = Operations(run.store._database, run.store._ids, run.store._clock)
        while (part := operations.part(run.operation.id, run.position)) is not None:
            self.between(run.position)
            with run.batch() as batch:
                for record in part:
                    with batch.attempt(record_id=record):
                        batch.write.change("deal", record, run.operation.settings["values"])
                    self.at_record(batch)
                batch.position += 1


@dataclass
class Works:
    shop: Shop
    job: Renaming = field(default_factory=Renaming)

    def __post_init__(self) -> None:
        store = self.shop.store
        self.operations = Operations(store._database, store._ids, store._clock)
        self.lease = Lease(store._database, store._ids, store._clock)
        self.runner = Runner(self.lease, lambda: store, {"rename": self.job})
        with store._database.write() as connection:
            for name in ("ann", "eve"):
                grants.set_roles(connection, self.shop.people[name], self.shop.actor(name).roles)

    def start(self, *parts: list[int], who: str = "eve", **values: object) -> int:
        total = sum(len(part) for part in parts)
        return self.operations.start(self.shop.actor(who), "rename", "deal", {"values": values}, total, parts)

    def read(self, operation_id: int, who: str = "eve") -> Operation:
        return self.operations.read(self.shop.actor(who), operation_id)

    def told(self, operation_id: int) -> tuple[str, int, int, int]:
        operation = self.read(operation_id)
        return operation.state, operation.done, operation.refused, operation.position
