"""Cells that are mended one by one: what the check, the run, the error file and a second look make of them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from engine.exchange.cell_text import at_month_end
from engine.exchange.drafts import Draft
from engine.exchange.plan import ImportPlan
from engine.records.errors import RecordNotFound, Refused
from tests.exchange.importing import Bench

ROWS = [
    ["Name", "Code", "Since"],
    ["Acme", "A1", "2026-01-31"],
    ["", "A2", "2026-02-01"],
    ["Bolt", "A1", "soon"],
    ["Cog", "A3", "2026-02-03"],
]


@pytest.fixture(params=["whole", "part"])
def draft(request: pytest.FixtureRequest, sqlite_bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Draft:
    """Checked; every row is judged again after a cell was mended, or only those that it may be about."""
    monkeypatch.setattr("engine.exchange.recheck.WHOLE", 0 if request.param == "part" else 1000)
    return sqlite_bench.acting().check(sqlite_bench.upload("account", ROWS).id)


def outcome(draft: Draft) -> tuple[int, int, list[tuple[int, str]]]:
    assert draft.check is not None
    return draft.check.create, draft.check.refused, [(each.line, each.field) for each in draft.check.refusals]


def test_what_the_check_found_changes_with_each_cell(sqlite_bench: Bench, draft: Draft) -> None:
    acting = sqlite_bench.acting()
    assert outcome(draft) == (2, 2, [(3, "name"), (4, "since")])
    assert outcome(acting.mend(draft.id, 3, 0, "Bee")) == (3, 1, [(4, "since")])
    assert outcome(acting.mend(draft.id, 4, 2, "2026-05-01")) == (3, 1, [(4, "code")])
    last = acting.mend(draft.id, 4, 1, "A9")
    assert outcome(last) == (4, 0, []) and last.check is not None and last.check.groups == ()
    assert outcome(acting.mend(draft.id, 3, 0, None))[:2] == (3, 1)


def test_mending_agrees_with_a_check_of_all_rows(sqlite_bench: Bench, draft: Draft) -> None:
    acting = sqlite_bench.acting()
    mended = acting.mend(draft.id, 5, 1, "A1")
    whole = acting.check(draft.id)
    assert outcome(mended) == outcome(whole) == (1, 3, [(3, "name"), (4, "since"), (5, "code")])
    assert mended.check is not None and whole.check is not None
    assert {group.key: (group.count, group.texts) for group in mended.check.groups} == {
        group.key: (group.count, group.texts) for group in whole.check.groups
    }


def test_the_run_writes_what_was_mended_also_when_it_goes_on_later(
    sqlite_bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.exchange.import_job.in_parts", lambda rows: ([row] for row in rows))
    bench = sqlite_bench
    draft = bench.acting().check(bench.upload("account", ROWS).id)
    bench.acting().mend(draft.id, 3, 0, "Bee")
    bench.acting().mend(draft.id, 4, 1, "A9")
    done = bench.run(bench.acting().mend(draft.id, 4, 2, ""))
    assert (done.state, done.done, done.refused) == ("done", 4, 0)
    assert bench.rows("account", "name", "code") == [("Acme", "A1"), ("Bee", "A2"), ("Bolt", "A9"), ("Cog", "A3")]
    bench.runner.run(bench.operations.undo(bench.shop.actor("eve"), done.id))
    assert bench.rows("account", "name") == []


def test_the_error_file_has_what_was_mended(sqlite_bench: Bench, draft: Draft) -> None:
    mended = sqlite_bench.acting().mend(draft.id, 4, 1, "A9")
    text = b"".join(sqlite_bench.acting().error_file(mended, "csv")).decode("utf-8-sig")
    assert [row[:3] for row in csv.reader(io.StringIO(text))][1:] == [["", "A2", "2026-02-01"], ["Bolt", "A9", "soon"]]


def test_only_cells_of_the_file_that_go_to_a_field_are_mended(
    sqlite_bench: Bench, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    acting = sqlite_bench.acting()
    for place in ((1, 0), (6, 0), (3, 9)):
        with pytest.raises(RecordNotFound):
            acting.mend(draft.id, *place, "x")
    with pytest.raises(RecordNotFound):
        sqlite_bench.acting("ann").mend(draft.id, 3, 0, "x")
    monkeypatch.setattr("engine.exchange.imports.MOST_MENDED", 1)
    acting.mend(draft.id, 3, 0, "Bee")
    with pytest.raises(Refused, match="1 rows are mended already"):
        acting.mend(draft.id, 4, 0, "x")


def test_a_plan_with_mended_cells_comes_back_from_where_it_is_kept() -> None:
    plan = ImportPlan().mend(7, 2, "x").mend(7, 0, "").mend(9, 1, "y").mend(9, 1, None)
    assert plan.mended == {7: {2: "x", 0: ""}}
    kept = plan.to_json() | {"mended": {"7": {"2": "x", "0": ""}}}
    assert ImportPlan.from_json(kept) == plan and replace(plan, mended={}) == ImportPlan()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("31/02/2027", "2027-02-28"),
        ("2028-02-30", "2028-02-29"),
        ("2027-04-31 09:30", "2027-04-30 09:30"),
        ("2027-02-32", "2027-02-32"),
        ("2027-13-31", "2027-13-31"),
        ("0000-02-30", "0000-02-30"),
        ("2027-02-28", "2027-02-28"),
        ("soon", "soon"),
    ],
)
def test_a_day_its_month_does_not_have_is_the_last_one(written: str, read: str) -> None:
    assert at_month_end(written) == read
