import csv
import json
import shutil
from functools import partial
from pathlib import Path

import pytest

from tests.cli.outcome import Outcome, Run
from tests.exchange.sheets import write_csv, write_xlsx
from tests.product import found

PEOPLE = [
    ["Full name", "Company", "E-Mail", "Mobile", "Rep"],
    ["Anna Berg", "Alderbeck", "anna@example.com", "+1 617-555-0199", "dana@example.org"],
    ["", "Nowhere", "ben@example.com", "", ""],
    ["Dora", "", "dora@example.com", "12", ""],
]
SHOWN = """\
people.csv (utf-8, ','): 3 rows below row 1.
  Full name                 Name (guessed)                      Anna Berg; Dora
  Company                   Company (sure)                      Alderbeck; Nowhere
  E-Mail                    E-mail (sure)                       anna@example.com; ben@example.com; dora@
  Mobile                    Phone (guessed)                     +1 617-555-0199; 12
  Rep                       Owner (guessed)                     dana@example.org
Mode: create. Recognised by: -.
"""
FAULTS = """\
1 to create, 0 to update, 0 to leave alone, 2 to leave out.
  1 rows, Name: Name is required.
  1 rows, Phone: This is not a phone number. Write it with its area code, or start with + and the country code. [12]
  row 3: -: Name is required.
  row 4: 12: This is not a phone number. Write it with its area code, or start with + and the country code.
"""


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starter")
    found(folder, "starter")
    return folder


@pytest.fixture
def demo(run: Run, founded: Path, tmp_path: Path) -> Run:
    """`crm` for a starter workspace of its own, in a folder with `people.csv`."""
    folder = shutil.copytree(founded, tmp_path / "starter")
    write_csv(tmp_path / "people.csv", PEOPLE)
    return partial(run, CRM_DATABASE_URL=f"sqlite:///{folder / 'crm.db'}", CRM_DATA_FOLDER=str(folder))


def test_a_dry_run_shows_where_columns_go_and_what_stands_against_rows(demo: Run, tmp_path: Path) -> None:
    told = Outcome(3, FAULTS, SHOWN + "The rows that were left out are in left.csv.\n")
    assert demo("import", "contact", "people.csv", "--dry-run", "--errors", "left.csv") == told
    rows = list(csv.reader((tmp_path / "left.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][-2:] == ["Row in the file", "Why it was left out"]
    assert rows[1][-2:] == ["3", "Name: Name is required."]
    assert demo("export", "contact", "-o", "all.json").errors == "3 records written to all.json.\n"


def test_an_import_tells_what_it_did_and_is_taken_back(demo: Run) -> None:
    done = demo("import", "contact", "people.csv", "--yes")
    lines = done.output.splitlines()
    assert (done.code, lines[0]) == (3, "Done: 1 created, 0 updated, 0 left alone, 2 left out.")
    assert lines[1] == "  row 3: Full name: Name is required."
    operation = lines[-1].removeprefix("To take it back: crm import --undo ")
    assert (
        demo("import", "--undo", operation).output == "Taken back: 1 changes; 0 were left because they changed since.\n"
    )
    told = f"The import {operation} is in the state “Undone”, in which this cannot be done.\n"
    assert demo("import", "--resume", operation) == Outcome(1, "", told)
    assert demo("export", "contact", "-o", "all.json").errors == "3 records written to all.json.\n"


def test_nothing_is_imported_without_a_yes(demo: Run) -> None:
    asked = demo("import", "contact", "people.csv", typed="n\n")
    assert (asked.code, asked.output) == (0, FAULTS)
    assert asked.errors.endswith("Import 1 rows? [y/N]: n\n")
    assert demo("import", "contact", "people.csv", typed="y\n").code == 3


def test_a_map_is_kept_changed_and_used_again(demo: Run, tmp_path: Path) -> None:
    demo("import", "contact", "people.csv", "--dry-run", "--save-map", "map.json")
    kept = json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))
    assert [column["field"] for column in kept["columns"]] == ["name", "company", "email", "phone", "owner"]
    kept["columns"][3]["field"] = None
    kept |= {"mode": "both", "key": ["email"]}
    (tmp_path / "map.json").write_text(json.dumps(kept), encoding="utf-8")
    for counts in ("2 created, 0 updated", "0 created, 2 updated"):
        done = demo("import", "contact", "people.csv", "--map", "map.json", "--yes")
        assert done.output.startswith(f"Done: {counts}, 0 left alone, 1 left out.")
    (tmp_path / "names.json").write_text('{"Full name": "name", "Mobile": null}', encoding="utf-8")
    assert demo("import", "contact", "people.csv", "--map", "names.json", "--dry-run").output.startswith("2 to create")


def test_a_sheet_of_a_workbook_goes_in_whole(demo: Run, tmp_path: Path) -> None:
    write_xlsx(tmp_path / "people.xlsx", [["姓名", "邮箱"], ["王芳", "wang@example.com"]])
    done = demo(
        "import",
        "contact",
        "people.xlsx",
        "--sheet",
        "Sheet1",
        "--yes",
        "--as",
        "mei@example.org",
        "--language",
        "zh-CN",
    )
    assert (done.code, done.output.splitlines()[0]) == (0, "已完成：新建 1 条，更新 0 条，保持不变 0 条，未导入 0 条。")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("contact", "none.csv"), "The system refused: No such file or directory (none.csv).\n"),
        (("contact", "empty.csv"), "The file is empty: there is no row in it.\n"),
        (
            ("contact", "people.csv", "--sheet", "x", "--key", "phone,zip"),
            "No column goes to zip, by which records are recognised.\n",
        ),
        (("contact", "people.csv", "--map", "empty.csv"), "empty.csv holds no map of columns.\n"),
        (("contacts", "people.csv"), "There is no entity contacts; did you mean contact?\n"),
        (("--resume", "7"), "There is no import 7.\n"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    demo: Run, words: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    (tmp_path / "empty.csv").touch()
    found_out = demo("import", *words)
    assert (found_out.code, found_out.output, found_out.errors) == (1, "", told)


def test_a_command_without_a_file_says_what_is_missing(demo: Run) -> None:
    assert demo("import", "contact") == Outcome(2, "", "FILE is missing.\n")
