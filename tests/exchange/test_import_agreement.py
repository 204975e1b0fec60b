"""The dry run of an import and its run agree, and what one program writes another reads as the same values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from engine.exchange.column_reader import ColumnReader
from engine.exchange.export_columns import ExportColumn
from engine.exchange.plan import ColumnMap
from engine.exchange.reading import read
from engine.exchange.targets import is_link
from engine.exchange.writer import Contents, writers
from engine.locale.formats import Formats
from engine.locale.text import LANGUAGES
from engine.records.model import Row
from engine.schema.field_type import SheetValue
from engine.schema.model import Field
from tests.contracts.test_field_types import CHINESE, FORMATS, OPEN, field_of
from tests.exchange.importing import Bench

CELLS = st.fixed_dictionaries(
    {
        "Name": st.sampled_from(["A", "b", "B ", "C", "", "x" * 90]),
        "Code": st.sampled_from(["1", "2", "3", "4", "", "x" * 30]),
        "Tier": st.sampled_from(["gold", "Silver", "tin", ""]),
        "Parent": st.sampled_from(["", "", "A", "B", "C", "Nobody"]),
        "Since": st.sampled_from(["", "2026-01-31", "31/01/2026", "01/02/2026", "soon"]),
    }
)


MODES = st.sampled_from(["create", "update", "both"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(CELLS, min_size=1, max_size=8), mode=MODES, keyed=st.booleans())
def test_the_run_does_what_the_dry_run_said(
    rows: list[dict[str, str]], mode: str, keyed: bool, sqlite_bench: Bench
) -> None:
    bench = sqlite_bench
    names = list(rows[0])
    table = [names, *([row[name] for name in names] for row in rows)]
    if not any(any(row) for row in table[1:]):
        table[1][0] = "A"
    key = ("code",) if keyed or mode == "update" else ()
    draft = bench.settled("account", table, mode=mode, key=key)
    before = bench.rows("account", "name", "code")
    found = bench.acting().check(draft.id).check
    assert bench.rows("account", "name", "code") == before
    done = bench.run(draft)
    assert found is not None and done.state == "done"
    counts = {"create": found.create, "update": found.update, "skip": found.skip, "warnings": found.warnings}
    assert done.result["counts"] == counts
    refused = sorted((line, text) for line, _, text in bench.refusals(done))
    assert refused == sorted((each.line, each.reason.in_("en")) for each in found.refusals)


WRITTEN = [
    (field_of(case.field.type, dict(case.sample.options)), case.sample.value)
    for case in OPEN
    if not case.field.type.holds_files and not is_link(case.field) and not case.field.given and case.field.type.stored
]


@pytest.mark.parametrize("formats", [FORMATS, CHINESE], ids=LANGUAGES)
@pytest.mark.parametrize("writer", ["csv", "xlsx"])
def test_values_of_every_type_that_are_exported_are_read_as_the_same_values(
    writer: str, formats: Formats, tmp_path: Path
) -> None:
    columns = tuple(_column(number, field, value, formats) for number, (field, value) in enumerate(WRITTEN))
    headers = tuple(column.label for column in columns)
    pieces = writers()[writer].pieces(Contents("Values", headers, columns, [[{}]]))
    (tmp_path / "values").write_bytes(b"".join(pieces))
    (row,) = read(tmp_path / "values").rows()
    for (field, value), cell in zip(WRITTEN, row.cells, strict=True):
        column = ColumnMap(0, "", field.name)
        assert (field.type.name, ColumnReader(column, field, formats).read(cell)) == (field.type.name, value)


def _column(number: int, field: Field, value: Any, formats: Formats) -> ExportColumn:
    def cell(_: Row) -> SheetValue:
        return field.type.sheet_value(value, field, formats)

    return ExportColumn(str(number), f"{field.type.name} {number}", 100, cell, cell)
