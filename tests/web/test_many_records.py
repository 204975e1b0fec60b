"""A hundred thousand records: pages are read along an index, counts stop early, and few statements are run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from engine.database.search_tables import FTS
from tests.product import Product, running

TIMES = 333
"""The 300 opportunities of the demo once more, and as often as this."""
CHANGED = {
    "id": "old.id + n.i * 1000000",
    "name": "old.name || ' ' || n.i",
    "name__k": "old.name__k || ' ' || n.i",
    "close_date": "date(old.close_date, '+' || (n.i % 300) || ' days')",
    "created_at": "strftime('%Y-%m-%d %H:%M:%f000', old.created_at, '-' || n.i || ' hours')",
}
NUMBERS = f"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {TIMES}) SELECT i FROM n) AS n"
Run = tuple[str, tuple[Any, ...]]


@pytest.fixture(scope="module")
def crowded(founded_b2b: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with running(shutil.copytree(founded_b2b, tmp_path_factory.mktemp("many") / "b2b")) as product:
        assert product.services.workspace is not None
        columns = [column.name for column in product.services.workspace.store.model.table("opportunity").columns]
        values = ", ".join(CHANGED.get(name, f"old.{name}") for name in columns)
        new = "record_id > (SELECT max(id) FROM (SELECT id FROM e_opportunity ORDER BY id LIMIT 300))"
        with product.services.database.write() as connection:
            connection.exec_driver_sql(
                f"INSERT INTO e_opportunity ({', '.join(columns)}) SELECT {values} FROM e_opportunity AS old, {NUMBERS}"
            )
            connection.exec_driver_sql(
                "INSERT INTO sys_search (record_id, entity, words) SELECT old.record_id + n.i * 1000000, old.entity,"
                f" old.words || ' ' || n.i FROM sys_search AS old, {NUMBERS} WHERE old.entity = 'opportunity'"
            )
            connection.exec_driver_sql(
                f"INSERT INTO {FTS} (rowid, words) SELECT record_id, words FROM sys_search"
                f" WHERE entity = 'opportunity' AND {new}"
            )
        yield product


@contextmanager
def recorded(product: Product) -> Iterator[list[Run]]:
    """The statements run on the database while the block lasts, with their values."""
    runs: list[Run] = []

    def keep(_connection: Any, _cursor: Any, statement: str, values: tuple[Any, ...], *_: Any) -> None:
        runs.append((statement, values))

    event.listen(product.services.database.engine, "before_cursor_execute", keep)
    yield runs
    event.remove(product.services.database.engine, "before_cursor_execute", keep)


def plan(product: Product, run: Run) -> list[str]:
    with product.services.database.read() as connection:
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {run[0]}", run[1])]


def page_plan(product: Product, runs: list[Run]) -> str:
    """How the database walks the rows of the page itself, each part of it."""
    return next("; ".join(plan(product, run)) for run in runs if "e_opportunity.version" in run[0])


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("", "created_at"),
        ("?sort=created_at", "created_at"),
        ("?sort=close_date", "close_date"),
        ("?f=stage:any_of:demo", "stage"),
        ("?f=close_date:this_month", "close_date"),
        ("?f=owner:is_me", "owner"),
    ],
)
def test_a_page_of_a_list_is_read_along_an_index(crowded: Product, query: str, index: str) -> None:
    browser = crowded.enter("dana")
    with recorded(crowded) as runs:
        assert browser.open(f"/e/opportunity/v/all{query}").status == 200
    assert f"USING INDEX ix_e_opportunity_{index}_id" in page_plan(crowded, runs) and len(runs) <= 5


def test_the_next_page_goes_on_along_the_index(crowded: Product) -> None:
    browser = crowded.enter("dana")
    first = browser.open("/e/opportunity/v/all")
    following = next(link["href"] for link in first.tree.all("a") if link["rel"] == "next")
    with recorded(crowded) as runs:
        second = browser.open(following)
    ids = [{row["data-id"] for row in page.tree.all("tr") if row["data-id"]} for page in (first, second)]
    assert [len(found) for found in ids] == [50, 50] and not ids[0] & ids[1]
    walked = page_plan(crowded, runs)
    assert "SEARCH e_opportunity USING INDEX ix_e_opportunity_created_at_id (created_at<?)" in walked
    assert "SCAN e_opportunity" not in walked


def test_a_search_by_words_reads_what_the_index_of_words_names(crowded: Product) -> None:
    browser = crowded.enter("dana")
    with recorded(crowded) as runs:
        page = browser.open("/e/opportunity/v/all?q=greenhouse+333")
    assert len([row for row in page.tree.all("tr") if row["data-id"]]) > 0
    assert page_plan(crowded, runs).startswith(
        "SEARCH e_opportunity USING INDEX sqlite_autoindex_e_opportunity_1 (id=?)"
    )


@pytest.mark.parametrize(("view", "index", "most"), [("board", "stage", 10), ("closing", "close_date", 5)])
def test_boards_and_calendars_read_what_they_show(crowded: Product, view: str, index: str, most: int) -> None:
    browser = crowded.enter("dana")
    with recorded(crowded) as runs:
        assert browser.open(f"/e/opportunity/v/{view}").status == 200
    assert f"SEARCH e_opportunity USING INDEX ix_e_opportunity_{index}_id" in page_plan(crowded, runs)
    assert len(runs) <= most


def test_the_counts_on_tabs_stop_at_a_limit(crowded: Product) -> None:
    page = crowded.enter("dana").open("/e/opportunity/v/all")
    counts = [count.text for tab in page.tree.all("a", "tab") for count in tab.all("span", "count")]
    assert "999+" in counts and all(len(count) <= 4 for count in counts)
