"""Undoing an operation: what it wrote is taken back, what changed since is left and told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.access.actor import ENGINE
from engine.records.errors import RecordNotFound
from engine.records.operation_run import OperationRun
from engine.records.operations import NotNow
from engine.records.undoing import STEP, Undoing
from engine.records.writing import Write
from tests.records.counting import Works
from tests.records.shop import Shop


class Doing:
    """A job that does one thing in one batch."""

    source = "import"

    def __init__(self, act: Callable[[Write], object]) -> None:
        self.act = act

    def run(self, run: OperationRun) -> None:
        with run.batch() as batch:
            self.act(batch.write)
            batch.done += 1


@pytest.fixture
def works(shop: Shop) -> Works:
    return Works(shop)


def do(works: Works, act: Callable[[Write], object], entity: str = "deal") -> int:
    works.runner._jobs = {"rename": Doing(act), "undo": Undoing()}
    started = works.operations.start(works.shop.actor("eve"), "rename", entity, {})
    works.runner.run(started)
    assert works.told(started)[0] == "done"
    return started


def undo(works: Works, operation: int, who: str = "eve") -> tuple[tuple[str, int, int], list[tuple[str, str]]]:
    """(state, done, refused) of the undoing, and the (cell, reason) of what was left."""
    undoing = works.operations.undo(works.shop.actor(who), operation, everybody=True)
    works.runner.run(undoing)
    state, done, refused, _ = works.told(undoing)
    told = [(each.cell, each.reason.in_("en")) for each in works.operations.refusals(undoing)]
    return (state, done, refused), told


def test_a_created_record_goes_to_the_bin_with_its_lines(works: Works) -> None:
    made: list[int] = []

    def make(write: Write) -> None:
        deal = write.create("deal", {"name": "Imported"})
        made.append(deal)
        write.create("deal_line", {"deal": deal, "product": "Pump", "price": 5})

    started = do(works, make)
    assert undo(works, started) == (("done", 1, 0), [])
    assert works.shop.row("deal", made[0])["deleted_at"] and works.read(started).state == "undone"
    assert works.shop.changes("deal", made[0])[-1] == ("deleted", {})
    entry = works.shop.store.history(ENGINE, "deal", made[0])[0]
    assert (entry.source, entry.actor) == ("undo", "Eve")


def test_a_created_record_that_somebody_changed_since_stays(works: Works) -> None:
    made: list[int] = []
    started = do(works, lambda write: made.append(write.create("deal", {"name": "Imported"})))
    works.shop.change("deal", made[0], urgent=True)
    changed = "This record was changed since, so it stays as it is."
    assert undo(works, started) == (("done", 0, 1), [("", changed)])
    assert works.shop.row("deal", made[0])["deleted_at"] is None


def test_a_changed_field_gets_its_value_back_unless_it_changed_since(works: Works) -> None:
    deal = works.shop.add("deal", name="Pump", urgent=False)
    started = do(works, lambda write: write.change("deal", deal, {"name": "Valve", "urgent": True, "secret": "x"}))
    works.shop.change("deal", deal, name="Gasket")
    left = [
        ("name", "Name was changed since, so it stays as it is."),
        ("secret", "Secret is not kept in the history, so it stays as it is."),
    ]
    found = undo(works, started)
    assert (found[0], sorted(found[1])) == (("done", 1, 0), left)
    row = works.shop.row("deal", deal)
    assert (row["name"], row["urgent"], row["secret"]) == ("Gasket", False, "x")


def test_several_changes_of_one_record_are_taken_back_the_last_first(works: Works) -> None:
    deal = works.shop.add("deal", name="One")

    def rename(write: Write) -> None:
        for name in ("Two", "Three", "Four"):
            write.change("deal", deal, {"name": name})

    started = do(works, rename)
    assert undo(works, started) == (("done", 3, 0), []) and works.shop.row("deal", deal)["name"] == "One"


def test_a_stage_returns_without_passing_a_guard(works: Works) -> None:
    deal = works.shop.add("deal", name="Pump", amount=10, account=works.shop.add("account", name="A"))
    started = do(works, lambda write: write.change("deal", deal, {"stage": "offer"}))
    assert undo(works, started) == (("done", 1, 0), []) and works.shop.row("deal", deal)["stage"] == "lead"


def test_deleted_records_come_back_with_what_went_with_them_and_what_pointed_at_them(works: Works) -> None:
    account = works.shop.add("account", name="North")
    below = works.shop.add("account", name="Branch", parent=account)
    task = works.shop.add("task", name="Call", account=account)
    started = do(works, lambda write: write.delete("account", account), "account")
    assert works.shop.row("account", below)["parent"] is None
    assert undo(works, started) == (("done", 2, 0), [])
    assert works.shop.row("account", below)["parent"] == account
    assert [works.shop.row(name, each)["deleted_at"] for name, each in (("account", account), ("task", task))] == [
        None
    ] * 2


def test_a_unique_value_that_moved_on_in_the_operation_comes_back_too(works: Works) -> None:
    old, new = works.shop.add("account", name="Old", code="N1"), works.shop.add("account", name="New")

    def merge(write: Write) -> None:
        write.delete("account", old)
        write.change("account", new, {"code": "N1"})

    assert undo(works, do(works, merge, "account")) == (("done", 2, 0), [])
    rows = [works.shop.row("account", each) for each in (old, new)]
    assert [(row["code"], row["deleted_at"]) for row in rows] == [("N1", None), (None, None)]


def test_undoing_needs_the_rights_to_each_record(works: Works) -> None:
    mine, other = works.shop.add("deal", "ann", name="Mine"), works.shop.add("deal", "cat", name="Hers")

    def change(write: Write) -> None:
        for deal in (mine, other):
            write.change("deal", deal, {"urgent": True})

    started = do(works, change)
    undoing = works.operations.undo(works.shop.actor("ann"), started, everybody=True)
    works.runner.run(undoing)
    operation = works.operations.read(ENGINE, undoing)
    assert (operation.state, operation.done, operation.refused) == ("done", 1, 1)
    assert [works.shop.row("deal", each)["urgent"] for each in (mine, other)] == [None, True]


def test_an_operation_is_undone_once_and_by_whom_it_belongs_to(works: Works) -> None:
    deal = works.shop.add("deal", name="Pump")
    started = do(works, lambda write: write.change("deal", deal, {"urgent": True}))
    with pytest.raises(RecordNotFound):
        works.operations.undo(works.shop.actor("ann"), started)
    undoing = works.operations.undo(works.shop.actor("eve"), started)
    assert works.read(started).state == "undoing"
    for operation in (started, undoing):
        with pytest.raises(NotNow):
            works.operations.undo(works.shop.actor("eve"), operation)
    found = works.operations.undo_of(started)
    assert found is not None and found.id == undoing


def test_a_long_undoing_goes_in_steps_and_on_after_a_break(works: Works) -> None:
    deals = [works.shop.add("deal", name=f"Deal {number}") for number in range(STEP + 20)]

    def change(write: Write) -> None:
        for deal in deals:
            write.change("deal", deal, {"urgent": True})

    started = do(works, change)
    undoing = works.operations.undo(works.shop.actor("eve"), started)
    asked = iter([False, False, True])
    works.runner.run_next(lambda: next(asked))
    assert works.told(undoing) == ("waiting", STEP, 0, STEP)
    works.runner.run_next()
    assert works.told(undoing)[:3] == ("done", STEP + 20, 0)
    assert [len(works.shop.changes("deal", deal)) for deal in deals] == [3] * len(deals)
