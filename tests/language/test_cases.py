"""One file per bad input under tests/cases/: what is written, then every problem as people read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.language.checking import TEXT, check
from engine.language.problems import Problems
from engine.language.source import read_text

CASES = Path(__file__).parents[1] / "cases"
SEPARATOR = "# --- problems ---\n"

FIELD_KEYS = {"type": {}, "label": {"$ref": "#/definitions/text"}, "required": {"type": ["boolean", "string"]}}
SCHEMA = {
    "type": "object",
    "required": ["entities"],
    "properties": {
        "entities": {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z][a-z0-9_]*$"},
            "additionalProperties": {"$ref": "#/definitions/entity"},
        }
    },
    "additionalProperties": False,
    "definitions": {
        "text": TEXT,
        "entity": {
            "type": "object",
            "required": ["fields"],
            "properties": {
                "label": {"$ref": "#/definitions/text"},
                "hue": {"enum": ["gray", "green", "red"]},
                "fields": {"type": "object", "additionalProperties": {"$ref": "#/definitions/field"}},
                "header": {"type": "array", "items": {"type": "string"}, "maxItems": 3, "uniqueItems": True},
                "fiscal": {"pattern": "^[0-9]{2}-[0-9]{2}$", "x-words": {"form": "MM-DD"}},
            },
            "additionalProperties": False,
        },
        "field": {
            "type": "object",
            "required": ["type"],
            "properties": {"type": {"enum": ["text", "choice"], "x-problem": "E210"}},
            "allOf": [
                {
                    "if": {"properties": {"type": {"const": "text"}}, "required": ["type"]},
                    "then": {
                        "properties": {**FIELD_KEYS, "max": {"type": "integer", "minimum": 1, "maximum": 1000}},
                        "additionalProperties": False,
                        "x-problem": "E211",
                        "x-words": {"type": "text"},
                    },
                },
                {
                    "if": {"properties": {"type": {"const": "choice"}}, "required": ["type"]},
                    "then": {
                        "properties": {**FIELD_KEYS, "options": {"type": "array", "minItems": 1}},
                        "required": ["options"],
                        "additionalProperties": False,
                    },
                },
            ],
        },
    },
}


def outcome(text: str, *, checked: bool) -> str:
    problems = Problems()
    source = read_text(text, "deal.yaml", problems)
    if source and checked:
        check(source.root, SCHEMA, problems)
    told = [problem.full("en") + "\n" + problem.line("zh-CN") for problem in problems]
    return "".join(f"{one}\n" for one in told)


def cases(folder: str) -> list[Path]:
    return sorted((CASES / folder).glob("*.yaml"))


@pytest.mark.parametrize("path", [*cases("reading"), *cases("checking")], ids=lambda path: path.stem)
def test_a_bad_input_gives_exactly_the_expected_problems(path: Path) -> None:
    text, expected = path.read_bytes().decode().split(SEPARATOR)

    assert outcome(text, checked=path.parent.name == "checking") == expected
