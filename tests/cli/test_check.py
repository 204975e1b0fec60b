import json
from pathlib import Path

import pytest

from tests.cli.outcome import SHIPPED, Outcome, Run


@pytest.mark.parametrize("name", sorted(path.parent.name for path in SHIPPED.glob("*/blueprint.yaml")))
def test_a_shipped_blueprint_has_no_problems(run: Run, name: str) -> None:
    assert run("check", SHIPPED / name) == Outcome(0, "No problems.\n", "")


def test_a_problem_is_shown_with_its_line_and_counted(run: Run, small: Path) -> None:
    small.write_text(small.read_text().replace("type: text", "type: txet"))
    assert run("check", small) == Outcome(
        1,
        'small.yaml:9:20 E210 unknown field type "txet"; did you mean "text"?\n'
        "  9 |       name: {type: txet, required: true, label: Name}\n"
        "    |                    ^^^^\n"
        "1 error\n",
        "",
    )


def test_problems_come_as_json(run: Run, small: Path) -> None:
    small.write_text(small.read_text().replace("title: name", "title: nam"))
    outcome = run("check", small, "--format", "json")
    assert (outcome.code, json.loads(outcome.output)) == (
        1,
        [
            {
                "code": "E213",
                "severity": "error",
                "file": "small.yaml",
                "line": 7,
                "column": 12,
                "message": 'unknown field "nam" in note',
                "hint": 'did you mean "name"?',
            }
        ],
    )


def test_a_clean_blueprint_is_an_empty_list_as_json(run: Run, small: Path) -> None:
    assert run("check", small, "--format", "json") == Outcome(0, "[]\n", "")


def test_warnings_are_told_and_allowed(run: Run, small: Path) -> None:
    small.write_text(small.read_text().replace("languages: [en]", "languages: [en, zh-CN]"))
    outcome = run("check", small)
    assert (outcome.code, "W601" in outcome.output, outcome.output.endswith(" warnings\n")) == (0, True, True)


def test_problems_are_told_in_chinese(run: Run, small: Path) -> None:
    small.write_text("")
    assert run("check", small, "--language", "zh-CN").output.splitlines()[-1] == "1 个错误"


def test_a_path_that_is_not_there_is_a_usage_error(run: Run) -> None:
    assert run("check", "nowhere") == Outcome(2, "", "There is nothing at nowhere.\n")


def test_a_file_that_is_no_text_is_a_problem(run: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_bytes(b"\xff\xfe\x00\x01")
    outcome = run("check", "broken.yaml")
    assert (outcome.code, outcome.errors, outcome.output.splitlines()[-1]) == (1, "", "1 error")
