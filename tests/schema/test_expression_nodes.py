from __future__ import annotations

from dataclasses import replace

import pytest

from engine.expressions.parse import Expression, parse
from engine.expressions.types import BOOLEAN
from engine.language.problems import Problems
from engine.language.source import read_text
from engine.schema import expression_nodes
from engine.schema.expression_nodes import parse_node, parse_pushable
from tests.forms.sample import DEAL, scope_of


def parsed(source: str) -> tuple[Expression | None, tuple[str, ...]]:
    """The expression of the key `filter`, and the lines of the problems."""
    problems = Problems()
    file = read_text(source, "a.yaml", problems)
    node = file.root.get("filter") if file else None
    return parse_node(node, scope_of(DEAL), BOOLEAN, problems), problems.lines()


def test_an_expression_is_parsed_from_any_scalar() -> None:
    for source in ("filter: \"stage == 'won'\"\n", "filter: 'stage == \"won\"'\n", "filter: true\n"):
        expression, problems = parsed(source)
        assert (problems, expression is not None and expression.type) == ((), BOOLEAN)


def test_a_fault_is_told_at_its_column_inside_the_scalar() -> None:
    expression, problems = parsed('filter: "amount > 1 and amout > 2"\n')
    assert expression is None
    assert [line.split(" ")[0] for line in problems] == ["a.yaml:1:25"]
    assert 'did you mean "amount"?' in problems[0]


def test_nothing_and_a_node_that_is_no_scalar_give_nothing() -> None:
    assert parsed("other: 1\n") == (None, ())
    assert parsed("filter: [1]\n") == (None, ())


def test_a_filter_the_database_answers_is_kept() -> None:
    problems = Problems()
    file = read_text("filter: \"account.name == 'Hooli'\"\n", "a.yaml", problems)
    assert file is not None
    expression = parse_pushable(file.root.get("filter"), scope_of(DEAL), BOOLEAN, problems)
    assert (problems.lines(), expression and expression.verdict) == ((), "join")


def test_a_filter_that_only_one_record_can_answer_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    one_row = replace(parse("hot", scope_of(DEAL), BOOLEAN), verdict="row")
    monkeypatch.setattr(expression_nodes, "parse", lambda text, scope, expected: one_row)
    problems = Problems()
    file = read_text('filter: "hot"\n', "a.yaml", problems)
    assert file is not None
    assert parse_pushable(file.root.get("filter"), scope_of(DEAL), BOOLEAN, problems) is None
    assert problems.lines() == ("a.yaml:1:9 E427 this filter cannot be answered by the database",)


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ('filter: "amount > 1 and amout > 2"\n', "1:25"),
        ("filter: 'amount > 1 and amout > 2'\n", "1:25"),
        ("filter: amount > 1 and amout > 2\n", "1:24"),
        ("filter: 'name == ''客户'' and amout > 2'\n", "1:29"),
        ('filter: "name == \\"\\u5ba2\\x41😀\\" and amout > 2"\n', "1:38"),
        ('filter: "amount > 1\n\n  and amout > 2"\n', "3:7"),
        ('filter: "amount \\\n  > 1 and amout > 2"\n', "2:11"),
        ("filter: amount > 1\n  and amout > 2\n", "2:7"),
        ("filter: |\n  amount > 1\n    and amout > 2\n", "3:9"),
        ("filter: >-\n  amount > 1\n\n  and amout > 2\n", "4:7"),
        ("filter: '\n  amount > 1 and\n  amout > 2'\n", "3:3"),
    ],
)
def test_a_fault_is_told_at_its_column_however_the_scalar_is_written(source: str, place: str) -> None:
    expression, problems = parsed(source)
    assert expression is None
    assert [line.split(" ")[:2] for line in problems] == [[f"a.yaml:{place}", "E311"]]
