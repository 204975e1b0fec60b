"""Every kind of rule on every way in: the same sentence, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from engine.access.actor import ENGINE
from tests.browsing.browser import Browser, Page
from tests.product import Product, found, running
from tests.web.api.client import Client, client_of
from tests.web.test_import_runs import checked, imported
from tests.web.test_imports import upload

BLUEPRINT = Path(__file__).parent.parent / "blueprints" / "rules"


@dataclass
class Bench:
    """Jobs to write in every way. Each starts calm, without a note, with too small an amount."""

    product: Product
    browser: Browser
    api: Client
    names: Iterator[str] = field(default_factory=lambda: (f"Job {number}" for number in range(1, 1000)))

    def add(self, **values: Any) -> int:
        return self.store.create(ENGINE, "job", {"name": next(self.names), "amount": 1, **values})

    @property
    def store(self) -> Any:
        workspace = self.product.services.workspace
        assert workspace is not None
        return workspace.store

    def row(self, job: int) -> dict[str, Any]:
        return dict(self.store.get(ENGINE, "job", job).row)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("rules")
    found(folder, str(BLUEPRINT))
    with running(folder) as product:
        yield Bench(product, product.enter("dana"), client_of(product))


def by_form(bench: Bench, job: int, phase: str) -> str:
    """Also where the page has no control for it."""
    url = f"/e/job/{job}/edit"
    filled = [pair for pair in bench.browser.open(url).form(url).filled({}) if pair[0] != "phase"]
    return bench.browser.send(url, [*filled, ("phase", phase)]).words


def by_cell(bench: Bench, job: int, phase: str) -> str:
    url = f"/e/job/{job}/cell/phase"
    return bench.browser.fragment(url, place="cell").submit_by_htmx(url, {"value": phase}).words


def by_board(bench: Bench, job: int, phase: str) -> str:
    page = bench.browser.open("/e/job/v/board")
    data = {"_csrf": page.tree.one("div", "board")["data-csrf"], "place": "board", "view": "board", "stage": phase}
    return bench.browser.send(f"/e/job/{job}/stage", data, hx_request="true").words


def _in_bulk(bench: Bench, job: int, phase: str) -> Page:
    pairs = dict(bench.browser.open("/e/job/v/all").form("/e/job/bulk").filled({}))
    return bench.browser.send(
        "/e/job/bulk", {**pairs, "id": str(job), "do": "edit", "apply": "1", "field": "phase", "v.phase": phase}
    )


def by_bulk(bench: Bench, job: int, phase: str) -> str:
    return _in_bulk(bench, job, phase).words


def _file(bench: Bench, job: int, phase: str) -> Page:
    sound = bench.row(bench.add())["name"]
    text = f"Name,Phase\n{bench.row(job)['name']},{phase}\n{sound},quiet\n"
    return checked(upload(bench.browser, text, "jobs.csv", "/e/job/import"), mode="update", key="name")


def by_dry_run(bench: Bench, job: int, phase: str) -> str:
    return _file(bench, job, phase).words


def by_import(bench: Bench, job: int, phase: str) -> str:
    return imported(_file(bench, job, phase)).words


def by_api(bench: Bench, job: int, phase: str) -> str:
    return bench.api.send("PATCH", f"job/{job}", {"phase": phase}).text


def by_api_in_bulk(bench: Bench, job: int, phase: str) -> str:
    return bench.api.send("POST", "job/bulk", {"items": [{"id": str(job), "phase": phase}]}).text


def by_merge(bench: Bench, job: int, phase: str) -> str:
    other = bench.add(phase=phase, note="Here", amount=20)
    token = bench.browser.open(f"/e/job/merge?id={job}&id={other}").form("/e/job/merge").values["_csrf"]
    pairs = [("_csrf", token), ("id", str(job)), ("id", str(other))]
    chosen = [("survivor", str(job)), ("choose__phase", str(other))]
    return bench.browser.send("/e/job/merge", pairs + chosen).words


WAYS = (by_form, by_cell, by_board, by_bulk, by_dry_run, by_import, by_api, by_api_in_bulk, by_merge)
REFUSED = {
    "needs": "Note is required.",
    "wrong": "This value is not allowed for Amount.",
    "bad": "A bad job needs more",
    "worst": "The worst is not for small jobs",
    "calm": "Phase cannot be changed now.",
    "twin": "This Job is there already (Same phase and pair).",
}


def _twin(bench: Bench) -> int:
    """A job that another one is the same as, once it is a twin."""
    pair = next(bench.names)
    bench.add(phase="twin", pair=pair)
    return bench.add(pair=pair)


@pytest.mark.parametrize("phase", REFUSED)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_rule_refuses_every_way_of_writing_with_its_sentence(
    bench: Bench, way: Callable[[Bench, int, str], str], phase: str
) -> None:
    job = bench.add(phase="bad", amount=20, locked=True) if phase == "calm" else bench.add()
    if phase == "twin":
        job = _twin(bench)
    before = bench.row(job)
    assert REFUSED[phase] in way(bench, job, phase)
    assert bench.row(job) == before


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_field_that_becomes_hidden_is_emptied_before_the_rules_are_judged(
    bench: Bench, way: Callable[[Bench, int, str], str]
) -> None:
    job = bench.add()
    way(bench, job, "quiet")
    row = bench.row(job)
    assert (row["phase"], row["whisper"]) == (("calm", "Psst") if way is by_dry_run else ("quiet", None))


@pytest.mark.parametrize("phase", REFUSED)
def test_undo_does_not_bring_back_what_a_rule_refuses_now(bench: Bench, phase: str) -> None:
    job = bench.add(phase="bad" if phase == "calm" else phase, note="Here", amount=20, pair=next(bench.names))
    undo = _in_bulk(bench, job, "calm").tree.one(kind="toast").one("form")["action"]
    bench.add(phase="twin", pair=bench.row(job)["pair"])
    bench.store.change(ENGINE, "job", job, {"locked": True} if phase == "calm" else {"note": None, "amount": 1})
    before = bench.row(job)
    token = next(each["value"] for each in bench.browser.open("/e/job/new").tree.all("input", name="_csrf"))
    assert REFUSED[phase] in bench.browser.send(undo, {"_csrf": token}).words
    assert bench.row(job) == before


CREATING = {"needs": {}, "wrong": {"amount": "1"}, "bad": {"amount": "1"}, "worst": {"amount": "1"}, "twin": {}}


def new_by_form(bench: Bench, values: dict[str, str]) -> str:
    return bench.browser.open("/e/job/new").submit("/e/job/new", values).words


def new_by_dialog(bench: Bench, values: dict[str, str]) -> str:
    return bench.browser.open("/e/job/new?dialog=1").submit_by_htmx("/e/job/new", values).words


def new_by_api(bench: Bench, values: dict[str, str]) -> str:
    numbers = {name: int(text) for name, text in values.items() if name == "amount"}
    return bench.api.send("POST", "job", values | numbers).text


def new_by_import(bench: Bench, values: dict[str, str]) -> str:
    text = ",".join(name.title() for name in values) + "\n" + ",".join(values.values()) + "\n"
    return checked(upload(bench.browser, text, "jobs.csv", "/e/job/import")).words


@pytest.mark.parametrize("phase", CREATING)
@pytest.mark.parametrize("way", [new_by_form, new_by_dialog, new_by_api, new_by_import], ids=lambda way: way.__name__)
def test_a_rule_refuses_a_new_record_on_every_way(
    bench: Bench, way: Callable[[Bench, dict[str, str]], str], phase: str
) -> None:
    name = next(bench.names)
    more = {"pair": bench.row(_twin(bench))["pair"]} if phase == "twin" else CREATING[phase]
    assert REFUSED[phase] in way(bench, {"name": name, "phase": phase, **more})
    assert name not in bench.browser.open("/e/job/v/all").words


OVER_SUMS = {101: "Cause is required.", 60: "Total must be less than “Limit”.", 50: "Fifty is never reached"}


def line_by_form(bench: Bench, job: int, bit: int, size: int) -> str:
    url = f"/e/job/{job}/edit"
    return bench.browser.open(url).submit(url, {"bits.0.size": str(size)}).words


def line_by_cell(bench: Bench, job: int, bit: int, size: int) -> str:
    url = f"/e/bit/{bit}/cell/size"
    return bench.browser.fragment(url, place="cell").submit_by_htmx(url, {"value": str(size)}).words


def line_by_api(bench: Bench, job: int, bit: int, size: int) -> str:
    return bench.api.send("PATCH", f"bit/{bit}", {"size": size}).text


def line_by_api_of_its_record(bench: Bench, job: int, bit: int, size: int) -> str:
    return bench.api.send("PATCH", f"job/{job}", {"bits": [{"id": str(bit), "size": size}]}).text


def line_by_api_in_bulk(bench: Bench, job: int, bit: int, size: int) -> str:
    return bench.api.send("POST", "bit/bulk", {"items": [{"id": str(bit), "size": size}]}).text


def new_line_by_api(bench: Bench, job: int, bit: int, size: int) -> str:
    return bench.api.send("POST", "bit", {"job": str(job), "name": next(bench.names), "size": size - 1}).text


LINE_WAYS = (
    line_by_form,
    line_by_cell,
    line_by_api,
    line_by_api_of_its_record,
    line_by_api_in_bulk,
    new_line_by_api,
)


@pytest.mark.parametrize("way", LINE_WAYS, ids=lambda way: way.__name__)
def test_a_rule_over_sums_refuses_a_line_on_every_way(bench: Bench, way: Callable[[Bench, int, int, int], str]) -> None:
    job = bench.add(limit=60)
    bit = bench.store.create(ENGINE, "bit", {"job": job, "name": next(bench.names), "size": 1})
    for size, sentence in OVER_SUMS.items():
        if size == 101:
            bench.store.change(ENGINE, "job", job, {"limit": None})
        assert sentence in way(bench, job, bit, size)
        bench.store.change(ENGINE, "job", job, {"limit": 60})
    assert bench.row(job)["total"] == 1
