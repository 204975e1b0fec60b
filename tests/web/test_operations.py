"""The pages of operations: mine, how far one is, what it left and why, stop, go on, undo; and the inbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from engine.access.actor import Actor
from engine.access.login import find_user
from engine.records.operation_run import OperationRun
from engine.records.transaction import UNDO
from tests.product import Product

NEXT = "A step of the test"


@dataclass
class Stepping:
    """Writes the next step of opportunities, one a batch; breaks before those in `breaks`."""

    source: str = "bulk"
    breaks: set[int] = field(default_factory=set)
    before: Callable[[int], None] = lambda number: None

    def run(self, run: OperationRun) -> None:
        ids = run.operation.settings["ids"]
        while run.position < len(ids):
            self.before(run.position)
            if run.position in self.breaks:
                raise ZeroDivisionError
            with run.batch() as batch:
                record = int(ids[run.position])
                with batch.attempt(record_id=record):
                    batch.write.change("opportunity", record, {"next_step": NEXT})
                batch.position += 1


@dataclass
class Bench:
    product: Product
    job: Stepping

    def start(self, who: str, ids: list[int]) -> int:
        services = self.product.services
        with services.database.read() as connection:
            user = find_user(connection, f"{who}@example.org")
        settings = {"ids": [str(each) for each in ids], "about": {"en": "Next step", "zh-CN": "下一步"}}
        return services.operations.start(Actor(user), "bulk_edit", "opportunity", settings, len(ids))


@pytest.fixture
def bench(b2b: Product) -> Bench:
    job = Stepping()
    b2b.services.runner._jobs = {"bulk_edit": job, UNDO: b2b.services.runner._jobs[UNDO]}
    return Bench(b2b, job)


def test_a_waiting_operation_is_watched_runs_and_tells_its_person(bench: Bench) -> None:
    mei, ids = bench.product.enter("mei"), bench.product.ids("opportunity", person="mei")[:3]
    started = bench.start("mei", ids)
    here = f"/operations/{started}"
    page = mei.open(here)
    assert page.tree.one("h1").text == "Edit Opportunities" and "Waiting" in page.words and "0 of 3" in page.words
    assert page.tree.one(id="operation")["hx-trigger"] == "every 1s"
    bench.product.clock.advance(timedelta(seconds=4))
    bench.product.services.runner.run_next()
    done = mei.open(here)
    assert "3 records done." in done.words and done.tree.one(id="operation")["hx-trigger"] == ""
    told = mei.open("/inbox").tree.one(kind="notice")
    assert "Edit Opportunities: Done. 3 records done." in told.text
    assert mei.open("/inbox").submit(told.all("form")[0]["action"]).path == here
    assert "Edit Opportunities" in mei.open("/operations").words


def test_how_long_it_takes_is_told_from_what_is_done(bench: Bench) -> None:
    dana, ids = bench.product.enter("dana"), bench.product.ids("opportunity")[:4]
    here, told = f"/operations/{bench.start('dana', ids)}", []

    def look(number: int) -> None:
        told.append(dana.open(here).words)
        bench.product.clock.advance(timedelta(seconds=90 if number else 9))

    bench.job.before = look
    bench.product.services.runner.run_next()
    assert "2 of 4 about 2 minutes left" in told[2] and "1 of 4 about 27 seconds left" in told[1]
    assert "left" not in told[0]


def test_a_failed_operation_goes_on_where_it_ended(bench: Bench) -> None:
    dana, ids = bench.product.enter("dana"), bench.product.ids("opportunity")[:4]
    bench.job.breaks = {2}
    here = f"/operations/{bench.start('dana', ids)}"
    bench.product.services.runner.run_next()
    failed = dana.open(here)
    assert "Something went wrong on our side" in failed.words
    waiting = failed.submit(f"{here}/resume")
    assert waiting.path == here and "Waiting" in waiting.words and "2 of 4" in waiting.words
    bench.job.breaks = set()
    bench.product.services.runner.run_next()
    assert "4 records done." in dana.open(here).words


def test_what_was_left_is_told_with_its_reason_and_its_title_only_to_who_may_read_it(bench: Bench) -> None:
    everything, mine = bench.product.ids("opportunity"), bench.product.ids("opportunity", person="mei")
    hers = next(each for each in everything if each not in mine)
    started = bench.start("mei", [mine[0], hers])
    bench.product.services.runner.run_next()
    here = f"/operations/{started}"
    mei, dana = bench.product.enter("mei").open(here), bench.product.enter("dana").open(here)
    assert "1 record done. 1 left as they were." in mei.words
    assert "A record you cannot open A record changed or is gone." in mei.words
    title = bench.product.enter("dana").open(f"/e/opportunity/{hers}").tree.one("h1").text
    assert title in dana.words and title not in mei.words
    assert any(link["href"] == f"/e/opportunity/{hers}" for link in dana.tree.all("a"))


def test_undo_takes_back_at_once_what_is_little(bench: Bench) -> None:
    mei, ids = bench.product.enter("mei"), bench.product.ids("opportunity", person="mei")[:2]
    before = [mei.open(f"/e/opportunity/{each}").words for each in ids]
    here = f"/operations/{bench.start('mei', ids)}"
    bench.product.services.runner.run_next()
    undone = mei.open(here).submit(f"{here}/undo")
    assert undone.tree.one("h1").text == "Undo: Edit Opportunities" and "2 records done." in undone.words
    after = [mei.open(f"/e/opportunity/{each}").words for each in ids]
    assert NEXT not in "".join(after) and len(after) == len(before)
    original = mei.open(here)
    assert "It was undone." in original.words and "Undo everything" not in original.words
    token = mei.open("/profile").form("/profile").filled({})[0]
    assert token[0] == "_csrf"
    again = mei.send(f"{here}/undo", [token])
    assert again.texts(kind="toast") == ["This is no longer possible: the operation has moved on."]


def test_a_waiting_operation_can_be_stopped(bench: Bench) -> None:
    mei, ids = bench.product.enter("mei"), bench.product.ids("opportunity", person="mei")[:2]
    here = f"/operations/{bench.start('mei', ids)}"
    stopped = mei.open(here).submit(f"{here}/stop")
    assert "It was stopped on request" in stopped.words and not bench.product.services.runner.run_next()


@pytest.mark.parametrize("path", ["4711", "x", "99999999999999999999", "-1", "１"])
def test_operations_that_are_not_there_are_not_found(b2b: Product, path: str) -> None:
    assert b2b.enter("dana").open(f"/operations/{path}").status == 404


def test_operations_of_others_are_seen_by_administrators_alone(bench: Bench) -> None:
    started = bench.start("mei", bench.product.ids("opportunity", person="mei")[:1])
    tom, dana = bench.product.enter("tom"), bench.product.enter("dana")
    assert tom.open(f"/operations/{started}").status == 404 and "Nothing here yet" in tom.open("/operations").words
    listed = dana.open("/operations").words
    assert "Edit Opportunities" in listed and "Mei Lin" in listed
    assert dana.open("/operations?before=nonsense").status == 200


def test_the_list_takes_few_statements_however_long(bench: Bench) -> None:
    dana, ids = bench.product.enter("dana"), bench.product.ids("opportunity")[:1]

    def statements() -> int:
        with bench.product.services.database.count_statements() as found:
            dana.open("/operations")
        return len(found)

    bench.start("mei", ids)
    few = statements()
    for _ in range(60):
        bench.start("dana", ids)
    assert statements() == few <= 5
    older = dana.open("/operations").follow("Show earlier")
    assert "Edit Opportunities" in older.words
