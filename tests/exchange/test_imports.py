"""An import from the file to the records, and back again."""

from __future__ import annotations

import csv
import io
import os
from datetime import date, timedelta
from decimal import Decimal

import pytest

from engine.compiling import compile_sources
from engine.exchange.importer import BATCH
from engine.exchange.plan import ColumnMap
from engine.exchange.unreadable import UnreadableFile
from engine.records.errors import Invalid, RecordNotFound, Refused
from tests.exchange.importing import Bench, column, mapped
from tests.records.shop import BLUEPRINT

COMPANIES = [["Account", "Code", "Tier", "Parent", "Since"], ["Acme", "A1", "gold", "", "2026-01-31"]]


def test_a_file_becomes_records_with_their_links_and_can_be_taken_back(bench: Bench) -> None:
    bench.shop.add("account", name="Acme", code="A0")
    deals = [
        ["Deal", "Account", "Amount", "Close date"],
        ["Big", "acme", "1,250.50", "31/01/2026"],
        ["Small", "", "", ""],
    ]
    done = bench.run(bench.upload("deal", deals))
    assert (done.state, done.done, done.refused, done.result["counts"]["create"]) == ("done", 2, 0, 2)
    assert bench.rows("deal", "name", "account", "amount", "close_date") == [
        ("Big", "Acme", Decimal("1250.50"), date(2026, 1, 31)),
        ("Small", None, None, date(2026, 4, 3)),
    ]
    undoing = bench.operations.undo(bench.shop.actor("eve"), done.id)
    bench.runner.run(undoing)
    assert bench.rows("deal", "name") == []


def test_rows_that_are_refused_name_the_cell_and_the_others_go_in(bench: Bench) -> None:
    rows = [
        *COMPANIES,
        ["", "A2", "gold", "", ""],
        ["Bolt", "A1", "iron", "", ""],
        ["Cog", "A3", "lead", "Nobody", "soon"],
    ]
    done = bench.run(bench.upload("account", rows))
    assert (done.done, done.refused) == (1, 3)
    assert bench.refusals(done) == [
        (3, "Account", "Name is required."),
        (4, "Code", "Row 2 of the file is the same record."),
        (5, "Tier", "This is not one of the choices."),
        (5, "Since", "This is not a date. Write it like 2026-11-28, 28 Nov, tomorrow or +3d."),
        (5, "Parent", "There is no Account “Nobody”."),
    ]


def test_the_dry_run_says_what_the_run_will_do_and_writes_nothing(bench: Bench) -> None:
    bench.shop.add("account", name="Old", code="A9")
    rows = [*COMPANIES, ["Bolt", "a9", "iron", "Old", ""], ["", "A2", "", "", ""], ["Cog", "A3", "lead", "", ""]]
    draft = bench.upload("account", rows)
    found = bench.acting().check(draft.id).check
    assert found is not None
    assert (found.create, found.update, found.skip, found.refused) == (1, 1, 0, 2)
    assert bench.rows("account", "name") == [("Old",)]
    done = bench.run(draft)
    assert (done.result["counts"]["create"], done.result["counts"]["update"], done.refused) == (1, 1, 2)
    assert sorted(line for line, _, _ in bench.refusals(done)) == sorted({each.line for each in found.refusals})


def test_existing_records_are_updated_left_alone_or_the_only_ones_touched(sqlite_bench: Bench) -> None:
    bench = sqlite_bench
    bench.shop.add("account", name="Old", code="A1", tier="iron")
    rows = [*COMPANIES, ["Bolt", "A2", "", "", ""]]
    draft = bench.settled("account", rows, mode="create", key=("code",))
    assert bench.run(draft).result["counts"] == {"create": 1, "update": 0, "skip": 1, "warnings": 0}
    assert bench.rows("account", "name", "tier") == [("Bolt", None), ("Old", "iron")]
    more = [*rows, ["New", "A3", "gold", "", ""]]
    draft = bench.settled("account", more, mode="update", key=("code",))
    assert bench.run(draft).result["counts"] == {"create": 0, "update": 2, "skip": 1, "warnings": 0}
    assert bench.rows("account", "name", "tier") == [("Acme", "gold"), ("Bolt", None)]


def test_missing_linked_records_are_made_once_when_asked_for(bench: Bench) -> None:
    rows = [["Deal", "Account"], ["A", "Newco"], ["B", "newco"], ["C", "Other"], ["", "Never made"]]
    draft = bench.settled("deal", rows, columns={"account": {"create_missing": True}})
    checked = bench.acting().check(draft.id).check
    assert checked is not None
    assert (checked.create, checked.refused, dict(checked.new_records)) == (3, 1, {"account": 3})
    done = bench.run(draft)
    assert (done.done, bench.refusals(done)) == (3, [(5, "Deal", "Name is required.")])
    assert bench.rows("account", "name") == [("Newco",), ("Other",)]


def test_rows_may_name_records_that_later_rows_bring(bench: Bench) -> None:
    rows = [["Name", "Parent"], ["Leaf", "Branch"], ["Branch", "Root"], ["Root", ""], ["Lost", "Nowhere"]]
    draft = bench.upload("account", rows)
    checked = bench.acting().check(draft.id).check
    done = bench.run(draft)
    assert checked is not None and (checked.create, checked.refused) == (done.done, done.refused) == (3, 1)
    assert bench.rows("account", "name", "parent") == [("Branch", "Root"), ("Leaf", "Branch"), ("Root", None)]


def test_a_title_that_several_records_have_is_refused_as_such(sqlite_bench: Bench) -> None:
    for code in ("A1", "A2"):
        sqlite_bench.shop.add("account", name="Twin", code=code)
    done = sqlite_bench.run(sqlite_bench.upload("deal", [["Deal", "Account"], ["A", "Twin"]]))
    assert sqlite_bench.refusals(done) == [(2, "Account", "2 records of Account are called “Twin”.")]
    named = sqlite_bench.settled("deal", [["Deal", "Account"], ["A", "A2"]], columns={"account": {"by": "code"}})
    assert sqlite_bench.run(named).done == 1


def test_the_rights_of_the_person_hold(sqlite_bench: Bench) -> None:
    with pytest.raises(Refused, match="You may not import Deals"):
        sqlite_bench.upload("deal", [["Name"], ["A"]], who="ann")
    draft = sqlite_bench.upload("account", COMPANIES, who="ann")
    with pytest.raises(RecordNotFound):
        sqlite_bench.acting("ben").draft(draft.id)
    south = sqlite_bench.shop.add("account", who="cat", name="South", code="S1")
    update = sqlite_bench.settled("account", [["Code", "Name"], ["S1", "Mine"]], who="ann", mode="both", key=("code",))
    done = sqlite_bench.run(update, who="ann")
    assert sqlite_bench.refusals(done) == [(2, "", "Your role does not allow you to change this record (Account).")]
    assert sqlite_bench.shop.row("account", south)["name"] == "South"


def test_columns_are_guessed_by_titles_values_and_past_imports(sqlite_bench: Bench) -> None:
    rows = [["Company code", "账户", "Level", "Since when", "Zzz"], ["A1", "Acme", "Gold!", "13/02/2026", "x"]]
    draft = sqlite_bench.upload("account", [["CODE", "Name", "tier", "Since", "Zzz"], *rows[1:]])
    assert mapped(draft.plan) == {
        "CODE": ("code", "sure"),
        "Name": ("name", "sure"),
        "tier": ("tier", "guessed"),
        "Since": ("since", "sure"),
        "Zzz": (None, "none"),
    }
    assert (draft.plan.key, draft.plan.mode) == (("code",), "both")
    assert column(draft.plan, "since").date_order == "dmy"
    assert column(draft.plan, "tier").values == {"Gold!": "gold"}
    first = sqlite_bench.upload("account", rows)
    plan = first.plan
    chosen = tuple(
        ColumnMap(each, plan.columns[each].header, ("code", "name")[each] if each < 2 else None) for each in range(5)
    )
    sqlite_bench.acting().settle(first.id, type(plan)(chosen))
    sqlite_bench.acting().start(first.id)
    again = sqlite_bench.upload("account", rows)
    assert [(each.field, each.reason) for each in again.plan.columns][:3] == [
        ("code", "past"),
        ("name", "past"),
        (None, "past"),
    ]


def test_a_plan_that_cannot_work_is_refused_beside_what_is_wrong(sqlite_bench: Bench) -> None:
    draft = sqlite_bench.upload("account", COMPANIES)
    columns = draft.plan.columns
    wrong = (
        columns[0],
        ColumnMap(1, "Code", "name"),
        ColumnMap(2, "Tier", "created_at"),
        ColumnMap(3, "P", "parent", by="tier"),
    )
    with pytest.raises(Invalid) as refused:
        sqlite_bench.acting().settle(draft.id, type(draft.plan)(wrong, "update", ()))
    assert {name: text.in_("en") for name, text in refused.value.errors.items()} == {
        "columns.1": "Another column goes to this field already.",
        "columns.2": "There is no field “created_at” that values can be imported into.",
        "columns.3": "Parent cannot be named by “tier”.",
        "key": "Choose what existing records are recognised by.",
    }


def test_refused_rows_come_back_as_a_file_with_the_reason(sqlite_bench: Bench) -> None:
    rows = [*COMPANIES, ["", "=A2", "", "", ""], ["Bolt", "A3", "", "", ""]]
    done = sqlite_bench.upload("account", rows)
    sqlite_bench.run(done)
    importing = sqlite_bench.acting()
    text = b"".join(importing.error_file(importing.draft(done.id), "csv")).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["Account", "Code", "Tier", "Parent", "Since", "Row in the file", "Why it was left out"],
        ["", "'=A2", "", "", "", "3", "Account: Name is required."],
    ]


def test_what_cannot_be_read_may_be_left_empty_and_one_value_may_hold_for_every_row(sqlite_bench: Bench) -> None:
    rows = [["Name", "Tier", "Since"], ["A", "lead", "soon"], ["B", "gold", ""]]
    blank = {"tier": {"blank_bad": True}, "since": {"blank_bad": True}}
    draft = sqlite_bench.settled("account", rows, columns=blank, fixed={"code": "ONE"})
    checked = sqlite_bench.acting().check(draft.id).check
    assert checked is not None and (checked.create, checked.refused, checked.warnings) == (1, 1, 1)
    assert sqlite_bench.run(draft).result["counts"]["warnings"] == 1
    assert sqlite_bench.rows("account", "name", "code", "tier") == [("A", "ONE", None)]


def test_an_import_runs_once(sqlite_bench: Bench) -> None:
    draft = sqlite_bench.upload("account", COMPANIES)
    sqlite_bench.run(draft)
    with pytest.raises(Refused, match="This import runs already"):
        sqlite_bench.acting().start(draft.id)


def test_a_file_without_rows_is_not_kept(sqlite_bench: Bench) -> None:
    with pytest.raises(UnreadableFile, match="The file has column titles and no rows below them"):
        sqlite_bench.upload("account", COMPANIES[:1])
    assert not list((sqlite_bench.folder / "imports").glob("??/*"))


def test_the_first_rows_are_shown_as_they_will_look(sqlite_bench: Bench) -> None:
    draft = sqlite_bench.upload("account", [["Name", "Tier", "Since", "Parent"], ["A", "gold", "2026-02-01", "Nobody"]])
    (row,) = sqlite_bench.acting().look(draft)
    assert [(cell.field, cell.text, cell.error.in_("en") if cell.error else "") for cell in row.cells] == [
        ("name", "A", ""),
        ("tier", "Gold", ""),
        ("since", "1 Feb 2026", ""),
        ("parent", "Nobody", "There is no Account “Nobody”."),
    ]


def test_the_values_of_a_choice_are_listed_with_what_they_are_read_as(sqlite_bench: Bench) -> None:
    draft = sqlite_bench.upload(
        "account", [["Name", "Tier"], ["A", "gold"], ["B", "tin"], ["C", "gold"], ["D", "Silvr"]]
    )
    values = sqlite_bench.acting().file_values(draft, 1)
    assert [(each.text, each.count, each.key) for each in values] == [
        ("tin", 1, None),
        ("gold", 2, "gold"),
        ("Silvr", 1, "silver"),
    ]


def test_a_saved_map_is_taken_for_a_file_with_most_of_its_titles(sqlite_bench: Bench) -> None:
    for name, code in (("Old", "A1"), ("Group", "G1")):
        sqlite_bench.shop.add("account", name=name, code=code)
    rows = [["KUNDE", "Nr.", "Klasse", "Gruppe", "Seit", "Intern"], ["New", "A1", "A", "G1", "02/03/2026", "x"]]
    draft = sqlite_bench.upload("account", rows)
    assert (draft.plan.mode, draft.plan.key) == ("update", ("code",))
    assert {each.reason for each in draft.plan.columns} == {"recipe"}
    assert sqlite_bench.run(draft).result["counts"]["update"] == 1
    assert sqlite_bench.rows("account", "name", "tier", "parent", "since") == [
        ("Group", None, None, None),
        ("New", "gold", "Group", date(2026, 2, 3)),
    ]


def test_a_saved_map_that_names_no_field_is_a_problem() -> None:
    wrong = BLUEPRINT.replace("Kunde: name", "Kunde: nmae")
    lines = compile_sources({"blueprint.yaml": wrong}).problems.lines()
    assert [line for line in lines if "nmae" in line and "did you mean" in line] != []


def test_a_file_is_kept_as_long_as_an_import_has_it_and_for_thirty_days(sqlite_bench: Bench) -> None:
    importing, folder = sqlite_bench.acting(), sqlite_bench.folder / "imports"
    first, second = (sqlite_bench.upload("account", COMPANIES) for _ in range(2))
    importing.drop(first.id)
    assert len(importing.samples(importing.draft(second.id))) == 1
    ran = importing.check(sqlite_bench.upload("account", COMPANIES).id)
    sqlite_bench.run(ran)
    for path in folder.glob("??/*"):
        os.utime(path, (0, 0))
    sqlite_bench.imports.collect()
    assert len(list(folder.glob("??/*"))) == 1
    sqlite_bench.shop.clock.advance(timedelta(days=31))
    sqlite_bench.imports.collect()
    assert list(folder.glob("??/*")) == []
    kept = [(draft.id, draft.plan == ran.plan, draft.check) for draft in importing.drafts()]
    assert ran.check is not None and kept == [(ran.id, True, None)]


def test_rules_that_look_behind_links_hold_in_every_batch(sqlite_bench: Bench) -> None:
    for name, tier in (("G", "gold"), ("S", "silver")):
        sqlite_bench.shop.add("account", name=name, tier=tier)
    rows = [[f"Deal {number}", "S" if number == 500 else "G", "50"] for number in range(BATCH + 150)]
    draft = sqlite_bench.upload("deal", [["Name", "Account", "Discount"], *rows])
    found = sqlite_bench.acting().check(draft.id).check
    done = sqlite_bench.run(draft)
    assert found is not None and (found.create, found.refused) == (done.done, done.refused) == (BATCH + 149, 1)
    assert [line for line, _, _ in sqlite_bench.refusals(done)] == [502]


def test_what_is_asked_of_the_database_does_not_grow_with_the_rows(bench: Bench) -> None:
    for number in range(60):
        bench.shop.add("account", name=f"A{number}")
    asked = []
    for count in (10, 60):
        rows = [[f"Deal {count} {number}", f"A{number}", "5"] for number in range(count)]
        draft = bench.upload("deal", [["Name", "Account", "Discount"], *rows])
        with bench.shop.database.count_statements() as statements:
            assert bench.run(draft).done == count
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 30
