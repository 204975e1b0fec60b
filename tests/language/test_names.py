from __future__ import annotations

import pytest

from engine.language.names import check_name
from engine.language.nodes import Place, Scalar
from engine.language.problems import Problems


def told(name: str, *, field: bool) -> tuple[str, ...]:
    problems = Problems()
    fits = check_name(Scalar(Place("a.yaml", 1, 1), name), problems, field=field)
    assert fits is not bool(problems)
    return tuple(line.removeprefix("a.yaml:1:1 ") for line in problems.lines())


@pytest.mark.parametrize("name", ["deal", "a", "line_2", "x" * 40, "type", "match", "ending_"])
def test_a_legal_name_is_silent(name: str) -> None:
    assert told(name, field=True) == ()


@pytest.mark.parametrize(
    ("name", "near"),
    [("Deal", "deal"), ("closeDate", "close_date"), ("close-date", "close_date"), ("a__b", "a_b"), ("2nd", "nd")],
)
def test_an_illegal_name_comes_with_a_legal_one(name: str, near: str) -> None:
    assert told(name, field=False) == (f'E206 "{name}" is not a legal name; did you mean "{near}"?',)


@pytest.mark.parametrize("name", ["商机", "_", "", "name\n", "1"])
def test_a_name_that_cannot_be_mended_comes_with_the_rule(name: str) -> None:
    (line,) = told(name, field=False)

    assert line.startswith("E206")


@pytest.mark.parametrize("name", ["class", "if", "me", "record", "true", "none", "today"])
def test_words_of_expressions_are_reserved(name: str) -> None:
    assert told(name, field=False) == (f'E207 the name "{name}" is reserved; did you mean "{name}_value"?',)


@pytest.mark.parametrize("name", ["id", "owner", "team", "version", "created_at"])
def test_system_fields_are_reserved_for_fields_only(name: str) -> None:
    assert told(name, field=False) == ()
    assert told(name, field=True) == (f'E207 the name "{name}" is reserved; did you mean "{name}_value"?',)
