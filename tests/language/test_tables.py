from __future__ import annotations

from pathlib import Path

import pytest

from engine.language.nodes import Mapping, Place, Scalar, plain
from engine.language.problems import Problems
from engine.language.tables import Table, read_csv, read_table


def read(text: str) -> tuple[Table | None, tuple[str, ...]]:
    problems = Problems()
    return read_table(text, "demo/deal.csv", problems), problems.lines()


def test_a_table_is_records_by_reference_without_its_empty_cells() -> None:
    table, told = read('ref,name,amount\nbig,"Big, really",90000\n\nsmall,Small,\n')

    assert told == ()
    assert table is not None
    assert table.entity == "deal"
    assert plain(table.rows) == {"big": {"name": "Big, really", "amount": 90000}, "small": {"name": "Small"}}


def test_every_cell_knows_its_place_also_after_quotes_and_lines() -> None:
    table, _ = read('ref,name,amount\r\nbig,"Big ""one"", yes",90000\r\nlong,"two\r\nlines",1\r\nlast,x,5\r\n')
    assert table is not None
    places = []
    for row in table.rows.entries:
        assert isinstance(row.value, Mapping)
        amount = row.value.get("amount")
        assert isinstance(amount, Scalar)
        places.append((row.key.place.line, amount.place.column))

    assert places == [(2, 24), (3, 6), (5, 8)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "demo/deal.csv:1:1 E102 the file is empty"),
        ("name,ref\n", "demo/deal.csv:1:1 E151 the column 1 of the header is not ref"),
        ("ref,,x\n", "demo/deal.csv:1:5 E151 the column 2 of the header is empty"),
        ("ref,a,a\n", "demo/deal.csv:1:7 E151 the column 3 of the header is there twice"),
        ("ref,a\nx,1,2\n", "demo/deal.csv:2:1 E152 the row has 3 cells; the header has 2"),
        ("ref,a\n,1\n", "demo/deal.csv:2:1 E153 the row has no reference in its column ref"),
        (
            "ref,a\nx,1\nx,2\n",
            'demo/deal.csv:3:1 E412 the reference "x" is used twice; the other is at demo/deal.csv:2:1',
        ),
        ('ref,a\nx,"1\n', "demo/deal.csv:2:1 E154 the table is not readable as CSV: a quote is never closed"),
        ('ref,a\nx,"1"2\n', "demo/deal.csv:2:1 E154 the table is not readable as CSV: text after a closing quote"),
        ("ref,a\nx,\x00\n", "demo/deal.csv:2:3 E114 the character U+0000 cannot stand in a blueprint"),
    ],
)
def test_a_bad_table_has_one_problem(text: str, problem: str) -> None:
    assert read(text)[1] == (problem,)


def test_a_table_is_read_from_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "deal.csv").write_bytes(b"\xef\xbb\xbfref,name\r\nbig,Big\r\n")
    problems = Problems()
    table = read_csv(tmp_path / "deal.csv", "demo/deal.csv", problems)

    assert table is not None
    assert plain(table.rows) == {"big": {"name": "Big"}}
    assert table.rows.entries[0].key.place == Place("demo/deal.csv", 2, 1)
