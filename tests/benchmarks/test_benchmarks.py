"""The limit does the work the product is measured against, and the figures are told with their bounds."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from starlette.testclient import TestClient

from benchmarks import expressions, rollups
from benchmarks.by_hand import app, bring_in
from benchmarks.hand_database import opened
from benchmarks.made import deals, write_files
from benchmarks.report import Figure, report
from benchmarks.works import new_deals
from benchmarks.workspace import BLUEPRINT
from engine.access.actor import ENGINE
from tests.product import running


@pytest.fixture
def limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    path = str(tmp_path / "limit.db")
    bring_in(opened(path), str(write_files(tmp_path, 300)[1]))
    monkeypatch.setenv("LIMIT_DATABASE", path)
    return TestClient(app())


def test_the_limit_pages_by_key_and_finds_words_in_what_was_brought_in(limit: TestClient) -> None:
    first = limit.get("/json").json()["data"]
    assert len(first) == 50 and [row["amount"] for row in first] == sorted((r["amount"] for r in first), reverse=True)
    behind = limit.get("/deep", params={"amount": first[-1]["amount"], "id": first[-1]["id"]}).json()["data"]
    assert len(behind) == 50 and behind[0]["amount"] <= first[-1]["amount"] and behind[0]["id"] != first[-1]["id"]
    won = [row[0] for row in deals(300) if row[0].startswith("Turbine") and row[2] == "won"]
    assert [row["name"] for row in limit.get("/search?q=turbine").json()["data"]] == won
    assert limit.get("/rows").text.count("<tr ") == 50


def test_the_limit_makes_and_changes_a_deal(limit: TestClient) -> None:
    given = {**new_deals("1")[1], "name": "Quay"}
    number = limit.post("/deal", json=given).json()["id"]
    limit.patch(f"/deal/{number}", json={"pieces": Random(3).randrange(9) + 500})
    stored = limit.get(f"/deal/{number}").json()
    assert (stored["name"], stored["account_title"]) == ("Quay", "Account 00006") and stored["pieces"] >= 500


def test_a_figure_above_its_bound_is_told_as_not_held() -> None:
    held, missed = Figure("list", "1 ms", "1 ms", 2.04, 2.5), Figure("page", "9 ms", "1 ms", 9.0, 4)
    text = report({"SQLite": [held, missed, Figure("memory", "90 MB", "40 MB", None, None)]}, 1000)
    assert "| list | 1 ms | 1 ms | 2.0 × | ≤ 2.5 × | yes |\n| page | 9 ms | 1 ms | 9.0 × | ≤ 4 × | no |" in text
    assert "| memory | 90 MB | 40 MB |  |  |  |" in text and "1,000 deals" in text
    assert "1 of 2 bounds hold. Not yet: page." in text
    chinese = report({"SQLite": [held, missed]}, 1000, "zh-CN")
    assert "| page | 9 ms | 1 ms | 9.0 × | ≤ 4 × | 否 |" in chinese and "尚未达到：page。" in chinese


def test_expressions_are_measured_beside_what_finds_the_same(tmp_path: Path) -> None:
    measured = list(expressions.figures(f"sqlite:///{tmp_path}/expressions.db", 300))
    assert [one.name for one in measured] == [
        "filter `amount > 40000 and stage in ['offer', 'won']`",
        "filter `close_date in this_month()`",
        "filter `amount - cost > 20000`",
        "an expression on a record",
    ]
    assert all(one.ours > 0 and one.limit > 0 for one in measured)


def test_a_write_with_rollups_is_measured_beside_one_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rollups, "LINES", 3)
    monkeypatch.setattr(rollups, "WRITES", 2)
    with running(tmp_path) as product:
        services = product.services
        store = services.founder.found(BLUEPRINT, None, False, lambda done, total: None).store
        told = rollups.with_and_without(services.database, store, ENGINE)
    assert [one.statements for one in told] == [6, 3] and all(one.processor > 0 for one in told)
