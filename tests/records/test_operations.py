"""Operations: counted in the transaction that writes, stopped, taken up again, found dead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from engine.access import grants
from engine.access.actor import ENGINE
from engine.database.system_tables import history, operation as table
from engine.records.errors import RecordNotFound
from engine.records.lease import SILENCE, Lease
from engine.records.operations import NotNow
from engine.records.runner import Runner
from tests.records.counting import Renaming, Works
from tests.records.shop import Shop


@pytest.fixture
def works(shop: Shop) -> Works:
    return Works(shop)


def deals(shop: Shop, count: int, who: str = "eve") -> list[int]:
    return [shop.add("deal", who, name=f"Deal {number}") for number in range(count)]


def test_every_write_of_an_operation_carries_it_and_where_it_comes_from(works: Works) -> None:
    first, second = deals(works.shop, 2)
    started = works.start([first], [second], urgent=True)
    assert works.told(started) == ("waiting", 0, 0, 0) and works.runner.run_next() and not works.runner.run_next()
    assert works.told(started) == ("done", 2, 0, 2) and works.read(started).total == 2
    entry = works.shop.store.history(ENGINE, "deal", first)[0]
    assert (entry.operation, entry.source, dict(entry.changes)) == (started, "bulk", {"urgent": (None, True)})
    with works.shop.database.read() as connection:
        found = connection.execute(select(history.c.record_id).where(history.c.operation == started)).scalars().all()
    assert sorted(found) == sorted([first, second])


def test_a_refused_record_is_told_with_its_reason_and_the_others_are_written(works: Works) -> None:
    first, second, third = deals(works.shop, 3)
    works.shop.store.delete(ENGINE, "deal", second)
    started = works.start([first, second, third], amount=-5)
    works.runner.run(started)
    assert works.told(started) == ("done", 0, 3, 1)
    told = [(each.record_id, each.cell, each.reason.in_("en")) for each in works.operations.refusals(started)]
    wrong, gone = "Amount must be at least 0.", "A record changed or is gone."
    assert told == [(first, "amount", wrong), (second, "", gone), (third, "amount", wrong)]
    after = works.operations.refusals(started)[0].id
    assert [each.record_id for each in works.operations.refusals(started, after, 1)] == [second]


def test_a_batch_and_its_count_are_kept_together_or_not_at_all(works: Works) -> None:
    ids = deals(works.shop, 4)

    def fail(number: int) -> None:
        if number == 1:
            raise ZeroDivisionError

    works.job.between = fail
    started = works.start(ids[:2], ids[2:], urgent=True)
    works.runner.run(started)
    assert works.told(started) == ("failed", 2, 0, 1)
    assert [works.shop.row("deal", each)["urgent"] for each in ids] == [True, True, None, None]
    works.job.between = lambda number: None
    works.operations.resume(works.shop.actor("eve"), started)
    works.runner.run(started)
    assert works.told(started) == ("done", 4, 0, 2)
    assert [works.shop.row("deal", each)["version"] for each in ids] == [2, 2, 2, 2]


def test_a_stopped_operation_takes_back_the_batch_it_was_writing(works: Works) -> None:
    ids = deals(works.shop, 2)
    started = works.start([ids[0]], [ids[1]], urgent=True)
    eve = works.shop.actor("eve")
    works.job.between = lambda number: works.operations.stop(eve, started) if number == 1 else None
    works.runner.run(started)
    assert works.told(started) == ("stopped", 1, 0, 1)
    assert [works.shop.row("deal", each)["urgent"] for each in ids] == [True, None]
    with pytest.raises(NotNow):
        works.operations.stop(eve, started)


def test_what_a_dead_process_left_is_interrupted_and_can_be_taken_up(works: Works) -> None:
    ids = deals(works.shop, 2)
    started = works.start(ids[:1], ids[1:], urgent=True)
    store = works.shop.store
    other = Lease(store._database, store._ids, store._clock)
    assert other.claim() is not None and works.lease.claim() is None
    with works.shop.database.write() as connection:
        connection.execute(update(table).values(holder="elsewhere/1/abc"))
    assert works.lease.find_dead() == 0
    works.shop.clock.advance(SILENCE + timedelta(seconds=1))
    assert works.lease.find_dead() == 1 and works.told(started)[0] == "interrupted"
    works.operations.resume(works.shop.actor("eve"), started)
    works.runner.run_next()
    assert works.told(started) == ("done", 2, 0, 2)


def test_a_process_that_lost_its_lease_writes_nothing_more(works: Works) -> None:
    ids = deals(works.shop, 2)
    started = works.start(ids[:1], ids[1:], urgent=True)

    def lose(number: int) -> None:
        with works.shop.database.write() as connection:
            connection.execute(update(table).values(holder="elsewhere/1/abc"))

    works.job.between = lose
    works.runner.run(started)
    assert works.told(started) == ("running", 0, 0, 0)
    assert [works.shop.row("deal", each)["urgent"] for each in ids] == [None, None]


def test_a_process_that_ends_gives_its_operation_to_the_next(works: Works) -> None:
    ids = deals(works.shop, 2)
    started = works.start(ids[:1], ids[1:], urgent=True)
    asked = iter([False, True])
    assert works.runner.run_next(lambda: next(asked))
    assert works.told(started) == ("waiting", 1, 0, 1)
    works.runner.run_next()
    assert works.told(started) == ("done", 2, 0, 2)


def test_an_operation_has_the_rights_its_person_has_when_it_runs(works: Works) -> None:
    ids = deals(works.shop, 1, "ann")
    started = works.start(ids, who="ann", urgent=True)
    with works.shop.database.write() as connection:
        grants.set_roles(connection, works.shop.people["ann"], [])
    works.runner.run(started)
    operation = works.operations.read(ENGINE, started)
    assert (operation.state, operation.done, operation.refused) == ("done", 0, 1)


def test_operations_of_others_are_not_found(works: Works) -> None:
    started = works.start(deals(works.shop, 1), urgent=True)
    ann = works.shop.actor("ann")
    with pytest.raises(RecordNotFound):
        works.operations.read(ann, started)
    assert works.operations.listed(ann) == () and works.operations.read(ann, started, everybody=True).id == started
    assert [each.id for each in works.operations.listed(works.shop.actor("eve"))] == [started]


def test_a_batch_of_many_takes_few_statements_beside_its_writes(works: Works) -> None:
    ids = deals(works.shop, 20)
    started = works.start(ids, urgent=True)
    with works.shop.database.count_statements() as one:
        works.runner.run(started)
    again = works.start(ids[:10], urgent=False)
    with works.shop.database.count_statements() as half:
        works.runner.run(again)
    each = (len(one) - len(half)) / 10
    assert each == int(each) <= 5 and len(half) - 10 * each <= 12


def test_there_is_nothing_to_run_before_a_workspace_is_founded(works: Works) -> None:
    runner = Runner(works.lease, lambda: None, {"rename": Renaming()})
    assert (runner.run_next(), runner.run(1), runner.find_dead()) == (False, False, 0)
