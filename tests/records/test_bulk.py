"""Bulk work as an operation: batches, refused records, a killed process, undo; on both databases."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from engine.clock import SettableClock
from engine.database.identifiers import Identifiers
from engine.records.bulk import STEP, Bulk, parts
from engine.records.transaction import UNDO
from engine.records.undoing import Undoing
from tests.records.counting import Works
from tests.records.shop import Shop, open_shop


@pytest.fixture
def works(shop: Shop) -> Works:
    return ready(shop)


def ready(shop: Shop) -> Works:
    works = Works(shop)
    jobs = ("bulk_edit", "bulk_assign", "bulk_move", "bulk_delete")
    works.runner._jobs = {UNDO: Undoing(), **dict.fromkeys(jobs, Bulk(works.operations))}
    return works


def tasks(shop: Shop, count: int) -> list[int]:
    return [shop.add("task", name=f"Task {number}") for number in range(count)]


def begin(works: Works, kind: str, entity: str, ids: list[int], who: str = "eve", **values: object) -> int:
    actor = works.shop.actor(who)
    return works.operations.start(actor, kind, entity, {"values": values}, len(ids), parts(ids))


def test_many_records_go_in_batches_and_back(sqlite_shop: Shop) -> None:
    works = ready(sqlite_shop)
    with works.shop.store.begin(works.shop.actor("eve"), "seed") as write:
        ids = [write.create("task", {"name": f"Task {number}"}) for number in range(3 * STEP)]
    started = begin(works, "bulk_edit", "task", ids, due="2026-05-01")
    works.runner.run(started)
    assert works.told(started) == ("done", 3 * STEP, 0, 3)
    undoing = works.operations.undo(works.shop.actor("eve"), started)
    works.runner.run(undoing)
    assert works.told(undoing)[:3] == ("done", 3 * STEP, 0)
    assert {works.shop.row("task", each)["due"] for each in ids[::100]} == {None}


def test_each_record_is_judged_by_itself(works: Works) -> None:
    account = works.shop.add("account", name="A")
    whole, none = works.shop.add("deal", name="Whole", amount=5, account=account), works.shop.add("deal", name="None")
    poor = works.shop.add("deal", name="Poor", amount=0, account=account)
    started = begin(works, "bulk_move", "deal", [whole, none, poor], stage="offer")
    works.runner.run(started)
    assert works.told(started)[:3] == ("done", 1, 2)
    told = {each.record_id: (each.cell, each.reason.in_("en")) for each in works.operations.refusals(started)}
    condition = "Before a record moves to “Offer”, look at: Amount."
    assert told == {none: ("account", "This has to be filled first."), poor: ("", condition)}
    assert [works.shop.row("deal", each)["stage"] for each in (whole, none, poor)] == ["offer", "lead", "lead"]


def test_what_a_move_asks_is_filled_in_only_where_it_is_missing(works: Works) -> None:
    one = works.shop.add("deal", name="One", stage="lost", lost_reason="Price")
    two = works.shop.add("deal", name="Two")
    works.shop.change("deal", one, stage="lead", lost_note="Kept")
    started = begin(works, "bulk_move", "deal", [one, two], stage="lost", lost_reason="Late", lost_note="New")
    works.runner.run(started)
    assert works.told(started)[:3] == ("done", 2, 0)
    rows = [works.shop.row("deal", each) for each in (one, two)]
    assert [(row["lost_reason"], row["lost_note"]) for row in rows] == [("Late", "Kept"), ("Late", "New")]


def test_who_lost_the_right_to_bulk_work_changes_nothing(works: Works) -> None:
    deal = works.shop.add("deal", "ann", name="Mine")
    started = begin(works, "bulk_edit", "deal", [deal], who="ann", urgent=True)
    works.runner.run(started)
    reason = works.operations.refusals(started)[0].reason.in_("en")
    assert reason == "Your role does not allow you to change many records of Deals at once."
    assert works.operations.read(works.shop.actor("ann"), started).refused == 1


def test_undo_leaves_what_changed_since_and_says_so(works: Works) -> None:
    one, two = tasks(works.shop, 2)
    started = begin(works, "bulk_edit", "task", [one, two], note="All")
    works.runner.run(started)
    works.shop.change("task", two, note="Mine")
    undoing = works.operations.undo(works.shop.actor("eve"), started)
    works.runner.run(undoing)
    assert works.told(undoing)[:3] == ("done", 1, 1)
    told = [(each.record_id, each.reason.in_("en")) for each in works.operations.refusals(undoing)]
    assert told == [(two, "Note was changed since, so it stays as it is.")]
    assert [works.shop.row("task", each)["note"] for each in (one, two)] == [None, "Mine"]


def test_the_statements_of_a_batch_grow_with_its_records_alone(works: Works) -> None:
    ids = tasks(works.shop, 40)

    def statements(count: int, note: str) -> int:
        started = begin(works, "bulk_edit", "task", ids[:count], note=note)
        with works.shop.database.count_statements() as found:
            works.runner.run(started)
        return len(found)

    twenty, forty = statements(20, "a"), statements(40, "b")
    each = (forty - twenty) / 20
    assert each == int(each) <= 8 and twenty - 20 * each <= 15


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from engine.clock import SettableClock
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.expressions.sqlite_functions import register_functions
from engine.records.bulk import ACTS, Bulk
from engine.records.lease import Lease
from engine.records.operations import Operations
from engine.records.runner import Runner
from engine.publishing.workspace import make_workspace, tables_of
from tests.records.shop import compiled

clock = SettableClock(datetime.fromisoformat(sys.argv[2]))
database, ids = Database(sys.argv[1], register_functions), Identifiers(2, clock)
blueprint = compiled().blueprint
store = make_workspace("Shop", blueprint, tables_of(blueprint), database, ids, clock).store
operations = Operations(database, ids, clock)
left = [int(sys.argv[3])]

def act(write, entity, record, values):
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    write.change(entity.name, record, values)

ACTS["bulk_edit"] = act
Runner(Lease(database, ids, clock), lambda: store, {"bulk_edit": Bulk(operations)}).run_next()
"""


def test_a_killed_process_leaves_whole_batches_that_go_on_or_back(
    sqlite_url: str, open_database: object, clock: SettableClock, identifiers: Identifiers
) -> None:
    shop = open_shop(open_database(sqlite_url), clock, identifiers)  # type: ignore[operator]
    works = ready(shop)
    ids = tasks(shop, 9)
    batches = [ids[:5], ids[5:]]
    settings = {"values": {"note": "All"}}
    started = works.operations.start(shop.actor("eve"), "bulk_edit", "task", settings, len(ids), batches)
    root = Path(__file__).parents[2]
    arguments = [sys.executable, "-c", KILLED, sqlite_url, clock.now().isoformat(), "7"]
    killed = subprocess.run(arguments, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert works.told(started) == ("running", 5, 0, 1)
    clock.advance(timedelta(seconds=1))
    assert works.lease.find_dead() == 1 and works.told(started)[0] == "interrupted"
    assert [len(shop.changes("task", each)) for each in (ids[0], ids[5])] == [2, 1]
    works.operations.resume(shop.actor("eve"), started)
    works.runner.run_next()
    assert works.told(started) == ("done", 9, 0, 2)
    assert {len(shop.changes("task", each)) for each in ids} == {2}
