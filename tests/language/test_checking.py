from __future__ import annotations

import pytest

from engine.language.checking import TEXT, Checker, JsonSchema, check
from engine.language.problems import Problems
from engine.language.source import read_text


def told(text: str, schema: JsonSchema) -> tuple[str, ...]:
    problems = Problems()
    source = read_text(f"a: {text}", "a.yaml", problems)
    assert source is not None
    value = source.root.get("a")
    assert value is not None
    fits = check(value, schema, problems)
    assert fits is not bool(problems)
    return tuple(line.removeprefix("a.yaml:") for line in problems.lines())


@pytest.mark.parametrize("kind", ["string", "number"])
def test_a_plain_number_is_a_text_or_a_number_as_the_schema_wants(kind: str) -> None:
    assert told("1.10", {"type": kind}) == ()


@pytest.mark.parametrize(
    "schema", [{"enum": [1, 2]}, {"const": 2}, {"enum": ["2"]}, {"multipleOf": 2}, {"minimum": 1.5}]
)
def test_a_plain_number_is_compared_as_what_the_schema_has(schema: JsonSchema) -> None:
    assert told("2", schema) == ()


def test_a_quoted_number_is_only_a_text() -> None:
    assert told("'2'", {"type": "string"}) == ()
    assert told("'2'", {"type": "number"}) == ('1:4 E203 a number is wanted here; this is the text "2"',)


def test_true_is_no_text_and_no_number() -> None:
    assert told("true", {"type": ["string", "number"]}) == ("1:4 E203 a text or a number is wanted here; this is true",)


def test_only_the_kind_is_told_when_kind_and_value_are_both_wrong() -> None:
    assert told("[x]", {"type": "string", "enum": ["a", "b"]}) == ("1:4 E203 a text is wanted here; this is a list",)


def test_an_alternative_of_the_right_kind_tells_its_own_faults() -> None:
    schema = {"anyOf": [{"type": "boolean"}, {"type": "object", "properties": {"max": {"type": "integer"}}}]}

    assert told("{max: x}", schema) == ('1:10 E203 a whole number is wanted here; this is the text "x"',)
    assert told("x", schema) == ('1:4 E203 true or false or a map is wanted here; this is the text "x"',)


def test_a_text_is_one_text_or_one_for_each_language() -> None:
    assert told("Deal", TEXT) == told("1.10", TEXT) == told("{en: Deal, zh-CN: 商机}", TEXT) == ()
    assert told("{}", TEXT) == ("1:4 E209 this wants at least 1 entry; it has 0",)


def test_a_schema_names_the_problem_and_the_words_for_what_it_refuses() -> None:
    schema = {
        "enum": ["deal", "account"],
        "x-problem": "E212",
        "x-words": {"name": {"en": "such an entity", "zh-CN": "这样的实体"}},
    }

    assert told("dael", schema) == ('1:4 E212 there is no entity "such an entity"; did you mean "deal"?',)


def test_a_schema_names_problems_by_keyword_and_others_keep_theirs() -> None:
    schema = {"type": "string", "pattern": "^x", "maxLength": 2, "x-problem": {"pattern": "E206"}}

    assert told("abc", schema)[0].startswith('1:4 E206 "abc" is not a legal name')
    assert told("xbc", schema) == ("1:4 E209 this wants at most 2 characters; it has 3",)


def test_words_of_the_caller_fill_the_slots() -> None:
    problems = Problems()
    source = read_text("maxx: 1", "a.yaml", problems)
    assert source is not None
    checker = Checker({"properties": {"max": {}}, "additionalProperties": False, "x-problem": "E211"})
    checker.check(source.root, problems, words={"type": "money"})

    assert problems.lines() == ('a.yaml:1:1 E211 a field of type money has no option "maxx"; did you mean "max"?',)


def test_patterns_of_keys_count_as_known() -> None:
    assert told("{x_1: 1}", {"patternProperties": {"^x_": {}}, "additionalProperties": False}) == ()
