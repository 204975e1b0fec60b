import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.outcome import Outcome, Run

TESTS = """\
tests:
  - name: {en: A note keeps its name, zh-CN: 便签保留名称}
    given: {note: {n: {name: Milk}}}
    then: ["n.name == 'Milk'"]
  - name: A note needs a name
    when: [{create: {note: {n: {}}}}]
    then: ["n != null"]
"""
FAILURE = [
    "small.yaml:17:12 step 1 was refused: name: Name is required.",
    "  17 | when: [{create: {note: {n: {}}}}]",
    "small.yaml:18:12 not true: n != null",
    '  18 | then: ["n != null"]',
    "  n = null",
]


@pytest.fixture
def tested(small: Path) -> Path:
    small.write_text(small.read_text(encoding="utf-8") + TESTS, encoding="utf-8")
    return small


def told(outcome: Outcome) -> list[str]:
    """The lines without how long it took."""
    return [line.split("  (")[0].rsplit(";", 1)[0] for line in outcome.output.splitlines()]


def test_each_test_is_told_and_a_failed_one_with_its_lines_and_values(run: Run, tested: Path) -> None:
    outcome = run("test", tested)
    assert (outcome.code, outcome.errors) == (1, "")
    assert told(outcome) == [
        "ok      1/2  A note keeps its name",
        "FAILED  2/2  A note needs a name",
        *(f"    {line}" for line in FAILURE),
        "1 of 2 tests failed",
    ]


def test_only_the_tests_with_a_text_in_their_name_are_run(run: Run, tested: Path) -> None:
    outcome = run("test", tested, "--only", "KEEPS", "--language", "zh-CN")
    assert (outcome.code, outcome.output.splitlines()[0].split("（")[0]) == (0, "通过  1/1  便签保留名称")


def test_the_outcome_comes_as_json(run: Run, tested: Path) -> None:
    outcome = run("test", tested, "--format", "json")
    first, second = json.loads(outcome.output)
    assert outcome.code == 1 and first.pop("seconds") >= 0
    assert first == {"name": "A note keeps its name", "place": "small.yaml:13:5", "passed": True, "failures": []}
    assert second["failures"][1] == {
        "place": "small.yaml:18:12",
        "message": "not true: n != null",
        "values": {"n": "null"},
    }


def test_the_outcome_is_written_as_junit(run: Run, tested: Path, tmp_path: Path) -> None:
    run("test", tested, "--junit", "build/junit.xml")
    suite = ElementTree.parse(tmp_path / "build" / "junit.xml").getroot()[0]
    assert {name: suite.get(name) for name in ("name", "tests", "failures", "errors")} == {
        "name": "small",
        "tests": "2",
        "failures": "1",
        "errors": "0",
    }
    assert [(case.get("name"), case.get("file"), case.get("line"), len(case)) for case in suite] == [
        ("A note keeps its name", "small.yaml", "13", 0),
        ("A note needs a name", "small.yaml", "16", 1),
    ]
    assert suite[1][0].text == "\n".join(FAILURE)


def test_a_blueprint_without_tests_is_told(run: Run, small: Path) -> None:
    sentence = "The blueprint at small.yaml has no tests. They stand in a section tests: of any of its files.\n"
    assert run("test", "small.yaml") == Outcome(2, "", sentence)


def test_a_text_that_no_test_has_is_told(run: Run, tested: Path) -> None:
    sentence = "None of the 2 tests has “tax” in its name.\n"
    assert run("test", tested, "--only", "tax") == Outcome(2, "", sentence)


def test_a_blueprint_with_errors_is_not_run(run: Run, tested: Path) -> None:
    tested.write_text(tested.read_text(encoding="utf-8").replace("n.name", "n.nam"), encoding="utf-8")
    outcome = run("test", tested)
    assert (outcome.code, outcome.output, outcome.errors.splitlines()[0]) == (
        1,
        "",
        'small.yaml:15:15 E312 a record of note has no "nam"; did you mean "name"?',
    )


def test_a_folder_that_is_not_there_is_told(run: Run) -> None:
    assert run("test", "./nowhere") == Outcome(2, "", "There is nothing at nowhere.\n")


def test_an_address_that_is_no_postgresql_is_told(run: Run, tested: Path) -> None:
    outcome = run("test", tested, "--database", "sqlite:///x.db")
    assert (outcome.code, outcome.errors.startswith("--database wants the address of a PostgreSQL database")) == (
        2,
        True,
    )


def test_a_server_that_does_not_answer_is_told(run: Run, tested: Path) -> None:
    outcome = run("test", tested, "--database", "postgresql://nobody@127.0.0.1:1/x")
    assert (outcome.code, outcome.errors.startswith("The database postgresql://nobody@127.0.0.1:1/x")) == (1, True)
