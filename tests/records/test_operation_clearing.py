"""Old operations leave one line each: who did what to how many records."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine.database.system_tables import operation_part, operation_refusal
from engine.records import operation_clearing
from engine.records.operation_clearing import KEPT, clear
from engine.records.operations import NotNow
from tests.records.counting import Works
from tests.records.shop import Shop


@pytest.fixture
def works(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Works:
    monkeypatch.setattr(operation_clearing, "CHUNK", 2)
    return Works(shop)


def left(works: Works) -> tuple[int, int]:
    """How many parts and refusals there are."""
    counts = [select(func.count()).select_from(rows) for rows in (operation_part, operation_refusal)]
    with works.shop.database.read() as connection:
        parts, refusals = (connection.execute(count).scalar_one() for count in counts)
    return parts, refusals


def test_after_ninety_days_the_line_stays_and_the_rest_is_gone(works: Works) -> None:
    ids = [works.shop.add("deal", name=f"Deal {number}") for number in range(4)]
    started = works.start(*([each] for each in ids), [4711], amount=-5)
    works.runner.run(started)
    works.shop.clock.advance(KEPT)
    assert clear(works.shop.database, works.shop.clock.now()) == [] and left(works) == (5, 5)
    works.shop.clock.advance(timedelta(seconds=1))
    assert clear(works.shop.database, works.shop.clock.now()) == [started] and left(works) == (0, 0)
    kept = works.read(started)
    assert (kept.kind, kept.actor_id, kept.state, kept.done, kept.refused) == (
        "rename",
        works.shop.people["eve"],
        "done",
        0,
        5,
    )
    assert clear(works.shop.database, works.shop.clock.now()) == []


def test_what_was_cleared_has_no_way_back_and_does_not_go_on(works: Works) -> None:
    first, second = (works.shop.add("deal", name=name) for name in ("One", "Two"))
    done, waiting = works.start([first], urgent=True), works.start([second], urgent=True)
    works.runner.run(done)
    works.shop.clock.advance(KEPT * 2)
    assert clear(works.shop.database, works.shop.clock.now()) == [done]
    eve = works.shop.actor("eve")
    for act in (works.operations.undo, works.operations.resume):
        with pytest.raises(NotNow):
            act(eve, done)
    assert works.told(waiting)[0] == "waiting" and works.runner.run_next() and works.told(waiting)[0] == "done"
