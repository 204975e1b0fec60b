"""What a server does every hour by itself."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from anyio import Event, from_thread, run

from engine.web.housekeeping import hourly, tidy
from tests.product import Product


def test_a_round_that_fails_is_told_and_the_next_one_comes(caplog: pytest.LogCaptureFixture) -> None:
    rounds: list[int] = []

    async def serve() -> None:
        enough = Event()

        def work(number: int) -> None:
            rounds.append(number)
            if number == 1:
                raise OSError("the disk is away")
            from_thread.run_sync(enough.set)

        async with hourly(work, pause=0):
            await enough.wait()

    with caplog.at_level(logging.ERROR), ThreadPoolExecutor(1) as aside:
        aside.submit(run, serve).result()
    assert rounds[:2] == [1, 2]
    assert [record.message for record in caplog.records] == ["what nobody needs any more could not be cleared away"]


def test_before_the_first_run_there_is_nothing_to_tidy(shared_b2b: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    files = shared_b2b.services.files
    monkeypatch.setattr(type(files), "collect", lambda self: done.append("collected"))
    monkeypatch.setattr(type(files), "sweep", lambda self: done.append("swept"))
    for number in (1, 2, 25):
        tidy(shared_b2b.services, number)
    assert done == ["collected", "swept", "collected", "collected", "swept"]
    monkeypatch.setattr(shared_b2b.services, "workspace", None)
    tidy(shared_b2b.services, 1)
    assert len(done) == 5
