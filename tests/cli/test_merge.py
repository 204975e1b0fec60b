from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.outcome import Run

SEED = """
seed:
  note:
    one: {name: One}
    two: {name: Two}
"""


@pytest.fixture
def ids(run: Run, small: Path, tmp_path: Path) -> list[int]:
    """Two notes beside a workspace in the default database."""
    small.write_text(small.read_text(encoding="utf-8") + SEED, encoding="utf-8")
    assert run("serve", small, "--no-serve").code == 0
    return noted(run, tmp_path)


def noted(run: Run, folder: Path) -> list[int]:
    assert run("export", "note", "-o", folder / "notes.json", "--names").code == 0
    return sorted(int(row["id"]) for row in json.loads((folder / "notes.json").read_text(encoding="utf-8")))


def test_records_become_the_first_of_them(run: Run, ids: list[int], tmp_path: Path) -> None:
    outcome = run("merge", "note", ids[0], ids[1])
    assert (outcome.code, outcome.errors) == (0, "")
    assert outcome.output.startswith(f"2 records became {ids[0]}. The operation ")
    assert noted(run, tmp_path) == [ids[0]]


def test_what_cannot_be_merged_is_told(run: Run, ids: list[int], tmp_path: Path) -> None:
    told = [run("merge", *words).errors for words in (("note", ids[0], 5), ("note", ids[0], ids[0]), ("nota", 1, 2))]
    assert told[0] == "One of these is no Note, or is in the bin.\n"
    assert told[1] == "Two to 5 different records can be merged at once.\n"
    assert "nota" in told[2] and noted(run, tmp_path) == ids
