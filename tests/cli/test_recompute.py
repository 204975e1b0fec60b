from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.outcome import Run

MORE = """
      count: {type: integer}
      twice: {type: formula, expr: "count * 2"}
      four: {type: formula, expr: "twice * 2"}
"""
SEED = """
seed:
  note:
    one: {name: One, count: 1}
    two: {name: Two, count: 2}
"""


@pytest.fixture
def database(run: Run, small: Path, tmp_path: Path) -> Path:
    """A workspace whose second note has a wrong value."""
    text = small.read_text(encoding="utf-8")
    small.write_text(text.replace("label: Name}\n", "label: Name}" + MORE) + SEED, encoding="utf-8")
    assert run("serve", small, "--no-serve").code == 0
    path = next(tmp_path.rglob("*.db"))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE e_note SET twice = 5 WHERE name = 'Two'")
    return path


def stored(path: Path) -> list[tuple[int, int]]:
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT twice, four FROM e_note ORDER BY name").fetchall()


def test_a_dry_run_tells_what_is_wrong_and_leaves_it(run: Run, database: Path) -> None:
    outcome = run("recompute", "--dry-run")
    assert (outcome.code, outcome.errors) == (1, "")
    assert outcome.output.startswith("note.twice: 1 record was wrong: ")
    assert outcome.output.endswith("\n1 value is wrong, in 2 computed fields; nothing was written.\n")
    assert stored(database) == [(2, 4), (5, 8)]


def test_what_is_wrong_is_repaired(run: Run, database: Path) -> None:
    outcome = run("recompute", "note.twice")
    assert (outcome.code, outcome.output.splitlines()[-1]) == (0, "1 value repaired, in 2 computed fields.")
    assert stored(database) == [(2, 4), (4, 8)]
    assert run("recompute", "note").output == "0 values repaired, in 2 computed fields.\n"


def test_a_field_that_is_not_there_is_told(run: Run, database: Path) -> None:
    outcome = run("recompute", "note.twise")
    assert (outcome.code, outcome.errors) == (1, "There is no computed field note.twise; did you mean note.twice?\n")


def test_a_field_that_is_added_or_changed_is_filled_for_the_records_there(
    run: Run, small: Path, database: Path
) -> None:
    text = small.read_text(encoding="utf-8").replace("count * 2", "count * 10")
    small.write_text(text.replace("      four:", '      half: {type: formula, expr: "count * 1.5"}\n      four:'))
    assert run("serve", small, "--no-serve").code == 0
    with sqlite3.connect(database) as connection:
        found = connection.execute("SELECT twice, half, four FROM e_note ORDER BY name").fetchall()
    assert found == [(10, 150, 20), (20, 300, 40)]
