from __future__ import annotations

import re
from string import Formatter

import pytest

from engine.language.problem_kind import ProblemKind
from engine.language.problem_kinds import KINDS
from engine.language.problems import Place, Problems, nearest


def slots(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_kind_is_written_in_both_languages_with_the_same_slots(kind: ProblemKind) -> None:
    texts = [text for text in (kind.message, kind.hint, kind.explanation) if text is not None]

    assert all([language for language, _ in text.by_language] == ["en", "zh-CN"] for text in texts)
    assert all(re.search("[\u4e00-\u9fff]", text.in_("zh-CN")) for text in texts)
    for text in (kind.message, kind.hint):
        assert text is None or slots(text.in_("en")) == slots(text.in_("zh-CN"))
    assert kind.code[0] == ("W" if kind.severity == "warning" else "E")


def test_a_problem_is_one_line_in_either_language_and_full_with_its_source_line() -> None:
    problems = Problems()
    problems.remember("entities/deal.yaml", 'a: 1\n商机: "amout > 3"\n')
    place = Place("entities/deal.yaml", 2, 6)
    problems.add("E213", place, near="amount", length=5, name="amout", where="readonly")
    (problem,) = problems

    assert problem.line() == 'entities/deal.yaml:2:6 E213 unknown field "amout" in readonly; did you mean "amount"?'
    assert problem.line("zh-CN") == "entities/deal.yaml:2:6 E213 readonly 中的字段“amout”不存在；是不是想写“amount”？"
    assert problem.full().splitlines()[1:] == ['  2 | 商机: "amout > 3"', "    |        ^^^^^"]
    assert problem.as_json() == {
        "code": "E213",
        "severity": "error",
        "file": "entities/deal.yaml",
        "line": 2,
        "column": 6,
        "message": 'unknown field "amout" in readonly',
        "hint": 'did you mean "amount"?',
    }


def test_a_long_line_is_quoted_around_the_fault() -> None:
    problems = Problems()
    problems.remember("a.yaml", "x" * 5000 + "!" + "y" * 5000)
    problems.add("E124", Place("a.yaml", 1, 5001), length=1, mark="!")
    (problem,) = problems
    _, quoted, carets = problem.full().splitlines()

    assert len(quoted) < 140
    assert quoted[carets.index("^")] == "!"


def test_problems_are_sorted_by_place_and_told_once() -> None:
    problems = Problems()
    for line, column in ((2, 1), (1, 9), (1, 2), (2, 1)):
        problems.add("E116", Place("a.yaml", line, column))

    assert [(problem.place.line, problem.place.column) for problem in problems] == [(1, 2), (1, 9), (2, 1)]


def test_warnings_alone_are_no_errors() -> None:
    problems = Problems()
    problems.add("W603", Place("a.yaml", 1, 1), name="source")

    assert (bool(problems), len(problems.errors), len(problems.warnings)) == (False, 0, 1)


def test_a_problem_without_the_words_for_its_text_is_refused() -> None:
    with pytest.raises(TypeError, match="E213 needs where"):
        Problems().add("E213", Place("a.yaml", 1, 1), name="x")


@pytest.mark.parametrize(("word", "near"), [("amout", "amount"), ("Amount", "amount"), ("xyz", None), ("", None)])
def test_the_nearest_name_is_found_or_none(word: str, near: str | None) -> None:
    assert nearest(word, ["amount", "account", "stage"]) == near
