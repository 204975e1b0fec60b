"""Whatever is written, in whatever order, every computed value is what the rows come to."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.access.actor import ENGINE
from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.records.errors import Conflict, Invalid, MoveRefused, RecordNotFound, Refused
from engine.records.repairing import recompute
from engine.records.writing import LineChange, Write
from tests.records.orders import open_orders
from tests.records.orders_oracle import tables, wrong_values
from tests.records.shop import Shop

PROVING = bool(os.environ.get("CRM_PROVE"))
STEPS = 300 if PROVING else 30
REFUSED = (Refused, Invalid, MoveRefused, Conflict, RecordNotFound)
ENTITIES = ("customer", "product", "sale", "line")


class Life:
    """Random writes, one after the other; the same for the same seed."""

    def __init__(self, orders: Shop, seed: int) -> None:
        self.orders, self.chance = orders, random.Random(seed)
        self.done: list[str] = []
        for entity in ENTITIES * 3:
            with orders.store.begin(ENGINE, "ui") as write:
                write.create(entity, self.values(entity))

    def step(self) -> None:
        acts: tuple[Callable[[Write], None], ...] = (
            *(self.create, self.create, self.create, self.change, self.change, self.inline),
            *(self.delete, self.restore, self.merge, self.imported, self.bulk, self.move),
        )
        act = self.chance.choice(acts)
        self.orders.clock.advance(timedelta(minutes=1))
        self.done.append(act.__name__)
        try:
            with self.orders.store.begin(ENGINE, "ui") as write:
                act(write)
        except REFUSED as refusal:
            self.done[-1] += f" refused: {type(refusal).__name__}"

    def create(self, write: Write) -> None:
        entity = self.chance.choice(ENTITIES)
        write.create(entity, self.values(entity), self.lines(entity))

    def change(self, write: Write) -> None:
        entity = self.chance.choice(ENTITIES)
        write.change(entity, self.some(entity), self.part(entity))

    def inline(self, write: Write) -> None:
        sale = self.some("sale")
        own = [
            each["id"]
            for each in tables(self.orders)["line"].values()
            if each["sale"] == sale and not each["deleted_at"]
        ]
        changed = [LineChange(each, self.part("line", "sale"), self.chance.random() < 0.3) for each in own]
        write.change("sale", sale, self.part("sale"), lines={"lines": [*changed, *self.lines("sale")["lines"]]})

    def delete(self, write: Write) -> None:
        entity = self.chance.choice(ENTITIES)
        write.delete(entity, self.some(entity))

    def restore(self, write: Write) -> None:
        entity = self.chance.choice(ENTITIES)
        write.restore(entity, self.some(entity, in_bin=True))

    def merge(self, write: Write) -> None:
        entity = self.chance.choice(("customer", "product", "sale"))
        stays, goes = self.some(entity), self.some(entity)
        write.merge(
            entity,
            stays,
            [goes],
            {
                name: goes
                for name in ("staff", "price", "stage")
                if self.chance.random() < 0.3 and name in self.values(entity)
            },
        )

    def imported(self, write: Write) -> None:
        entity = self.chance.choice(ENTITIES)
        rows = [(None, self.values(entity)) for _ in range(3)]
        write.create_or_change(entity, rows + [(self.some(entity), self.part(entity)) for _ in range(2)])

    def bulk(self, write: Write) -> None:
        entity = self.chance.choice(ENTITIES)
        name, value = self.chance.choice(sorted(self.values(entity).items(), key=str))
        write.create_or_change(entity, [(self.some(entity), {name: value}) for _ in range(4)])

    def move(self, write: Write) -> None:
        line = self.some("line")
        write.place_line("line", line, None)

    def some(self, entity: str, in_bin: bool = False) -> int:
        rows = tables(self.orders)[entity].values()
        found = [row["id"] for row in rows if (row["deleted_at"] is not None) is in_bin]
        if not found:
            raise RecordNotFound
        return self.chance.choice(found)

    def part(self, entity: str, *but: str) -> dict[str, Any]:
        """Some of the values a record may have."""
        values = self.values(entity)
        return {name: value for name, value in values.items() if self.chance.random() < 0.5 and name not in but}

    def lines(self, entity: str) -> dict[str, list[LineChange]]:
        if entity != "sale":
            return {}
        rows = [self.values("line") for _ in range(self.chance.randrange(4))]
        return {"lines": [LineChange(None, {k: v for k, v in row.items() if k != "sale"}) for row in rows]}

    def values(self, entity: str) -> dict[str, Any]:
        number = Decimal(self.chance.choice((0, 1, 5, 333, 999, 12345, -250))).scaleb(-self.chance.randrange(3))
        empty = self.chance.random() < 0.15
        match entity:
            case "customer":
                tier = self.chance.choice(("gold", "iron", None))
                staff = None if empty else self.chance.randrange(50)
                return {"name": "C", "tier": tier, "staff": staff, "parent": self.link("customer"), "rebate": number}
            case "product":
                return {"name": "P", "kind": self.chance.choice(("thing", "work")), "price": None if empty else number}
            case "sale":
                also = tuple(dict.fromkeys(each for _ in range(2) if (each := self.link("product")))) or None
                stage = self.chance.choice(("open", "won"))
                return {
                    "name": "S",
                    "customer": self.link("customer"),
                    "stage": stage,
                    "discount": number % 100,
                    "also": also,
                }
            case _:
                sale = self.link("sale") or self.some("sale")
                return {
                    "sale": sale,
                    "product": self.link("product"),
                    "quantity": None if empty else number,
                    "note": "N",
                }

    def link(self, entity: str) -> int | None:
        try:
            return self.some(entity) if self.chance.random() < 0.8 else None
        except RecordNotFound:
            return None


@pytest.mark.parametrize("seed", range(6 if PROVING else 1))
def test_every_value_is_right_after_any_writes(
    seed: int, database: Database, clock: SettableClock, identifiers: Identifiers
) -> None:
    life = Life(open_orders(database, clock, identifiers), seed)
    for _ in range(STEPS):
        life.step()
        assert (wrong_values(life.orders), life.done) == ([], life.done)
    assert sum("refused" not in word for word in life.done) > STEPS // 2
    assert {place: found.wrong for place, found in recompute(life.orders.store).items() if found.wrong} == {}
