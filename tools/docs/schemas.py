"""JSON Schema in words: what may be written as a value, and the keys of a map as table rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tools.docs.markdown import both, cell, code, listed

Schema = Mapping[str, Any]
MANY = 20
REFERENCES = {
    "text": both("text", "文本"),
    "expression": both("an expression", "表达式"),
    "condition": both("true, false or an expression", "true、false 或表达式"),
}
TYPES = {
    "string": both("a word or text", "词或文本"),
    "integer": both("a whole number", "整数"),
    "number": both("a number", "数字"),
    "boolean": both("true or false", "true 或 false"),
    "object": both("a map", "映射"),
    "array": both("a list", "列表"),
    "null": both("null", "null"),
}
HEAD = both("Key|Value|Meaning", "键|值|含义")
REQUIRED = both("required", "必填")
CODES = both("one of {count} codes, such as {some}", "{count} 个代码之一，如 {some}")
FROM = both("{what} from {low} to {high}", "{low} 到 {high} 的{what}")
LEAST = both("{what}, {low} or more", "{what}，不小于 {low}")
LIST = both("a list of: {item}", "列表，每项为：{item}")
MAP = both("a map, each value: {item}", "映射，每个值为：{item}")
OR = both(" or ", " 或 ")


@cache
def _chinese() -> Mapping[str, str]:
    written: dict[str, str] = json.loads((Path(__file__).parent / "chinese.json").read_text(encoding="utf-8"))
    return written


def meaning(schema: Schema, language: str) -> str:
    """The description; in Chinese `x-zh-CN` beside it, else what `chinese.json` has. Raises KeyError without either."""
    english = str(schema.get("description", ""))
    if language == "en" or not english:
        return english
    return str(schema.get(f"x-{language}") or _chinese()[english])


def head(language: str) -> list[str]:
    return HEAD.in_(language).split("|")


def rows(schema: Schema, language: str, before: str = "") -> Iterator[list[str]]:
    """The keys a map may have, and those of the maps in it, as `state.kind`."""
    required = schema.get("required", ())
    for name, inner in schema.get("properties", {}).items():
        path = f"{before}{name}"
        must = f" ({REQUIRED.in_(language)})" if name in required else ""
        yield [code(path) + must, cell(value(inner, language)), cell(meaning(inner, language))]
        yield from nested(inner, language, path)


def nested(schema: Schema, language: str, path: str) -> Iterator[list[str]]:
    for branch in (schema, *schema.get("anyOf", ())):
        if "properties" in branch:
            yield from rows(branch, language, f"{path}.")
        if isinstance(branch.get("additionalProperties"), Mapping):
            yield from nested(branch["additionalProperties"], language, f"{path}.*")
        if isinstance(branch.get("items"), Mapping):
            yield from nested(branch["items"], language, f"{path}[]")


def value(schema: Schema, language: str) -> str:
    """What may be written, in a few words."""
    if "$ref" in schema:
        return REFERENCES[schema["$ref"].rpartition("/")[2]].in_(language)
    if "enum" in schema:
        return _choices([str(word) for word in schema["enum"]], language)
    if "anyOf" in schema:
        return OR.in_(language).join(dict.fromkeys(value(branch, language) for branch in schema["anyOf"]))
    kind = schema.get("type", "string")
    if isinstance(kind, list):
        return OR.in_(language).join(TYPES[word].in_(language) for word in kind)
    return _of_kind(kind, schema, language)


def _of_kind(kind: str, schema: Schema, language: str) -> str:
    word = TYPES[kind].in_(language)
    if kind == "array" and "items" in schema:
        return LIST.in_(language).format(item=value(schema["items"], language))
    if kind == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return MAP.in_(language).format(item=value(schema["additionalProperties"], language))
    if "minimum" in schema and "maximum" in schema:
        return FROM.in_(language).format(what=word, low=schema["minimum"], high=schema["maximum"])
    return LEAST.in_(language).format(what=word, low=schema["minimum"]) if "minimum" in schema else word


def _choices(words: list[str], language: str) -> str:
    if len(words) > MANY:
        return CODES.in_(language).format(count=len(words), some=code(words[0]))
    return listed(map(code, words), language)
