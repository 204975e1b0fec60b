"""The thread that runs operations beside what the process answers."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest

from engine.web.working import working


class Counting:
    """A runner that counts; `held` lets its first operation last until the process ends."""

    def __init__(self, waiting: int = 0, held: bool = False, fails: bool = False) -> None:
        self.waiting, self.held, self.fails = waiting, held, fails
        self.ran = self.searched = 0
        self.idle = threading.Event()

    def run_next(self, leaving: object) -> bool:
        assert callable(leaving)
        if self.fails:
            self.idle.set()
            raise ZeroDivisionError
        if not self.waiting:
            self.idle.set()
            return False
        self.waiting, self.ran = self.waiting - 1, self.ran + 1
        while self.held and not leaving():
            self.idle.set()
        return True

    def find_dead(self) -> int:
        self.searched += 1
        return 0


def serve(runner: Counting, wanted: bool = True) -> None:
    """In a thread of its own, since a test may share its process with a browser, whose loop stays in the first one."""

    async def run() -> None:
        async with working(runner, wanted, pause=0.001):  # type: ignore[arg-type]
            if wanted:
                await anyio.to_thread.run_sync(runner.idle.wait, 5)

    with ThreadPoolExecutor(1) as aside:
        aside.submit(anyio.run, run).result()


def test_operations_that_wait_are_run_and_dead_ones_looked_for_first() -> None:
    runner = Counting(3)
    serve(runner)
    assert (runner.ran, runner.waiting) == (3, 0) and runner.searched >= 1


def test_a_process_that_ends_tells_the_operation_it_runs() -> None:
    runner, before = Counting(2, held=True), threading.enumerate()
    serve(runner)
    assert (runner.ran, runner.waiting) == (1, 1)
    assert "operations" not in [thread.name for thread in threading.enumerate() if thread not in before]


def test_a_process_may_be_told_to_run_none() -> None:
    runner = Counting(1)
    serve(runner, wanted=False)
    assert (runner.ran, runner.searched) == (0, 0)


def test_a_database_that_fails_is_asked_again(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "engine.web"):
        serve(Counting(fails=True))
    assert "the operations could not be looked at" in caplog.text
