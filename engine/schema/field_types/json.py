"""Any JSON, for what another system keeps with a record."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy import Column

from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, Sample, refuse
from engine.schema.sorting import plain_text

if TYPE_CHECKING:
    from engine.schema.model import Field

LONGEST = 50_000
DEEPEST = 40
SHORT = 80
SURROGATE = re.compile("[\ud800-\udfff]")


class Json(FieldType):
    """The value is the text, written anew with two spaces a level; numbers keep their spelling."""

    name = "json"
    label = Text.of({"en": "JSON", "zh-CN": "JSON"})
    help = Text.of(
        {
            "en": "Structured data as JSON, such as what another system sends.",
            "zh-CN": "JSON 结构化数据，例如其他系统传来的内容。",
        }
    )
    icon = "braces"
    samples = (
        Sample(
            '{"a":[1,2.50],"b":null}',
            '{\n  "a": [\n    1,\n    2.50\n  ],\n  "b": null\n}',
            '{\n  "a": [\n    1,\n    2.50\n  ],\n  "b": null\n}',
        ),
        Sample('{"城市": "深圳"}', '{\n  "城市": "深圳"\n}', '{\n  "城市": "深圳"\n}'),
        Sample(" [] ", "[]", "[]"),
        Sample('"\\ud800 \\u0000"', '"\\ud800 \\u0000"', '"\\ud800 \\u0000"'),
        Sample("true", "true", "true"),
    )
    refused = (
        "{a: 1}",
        "[1,]",
        '{"a": 1',
        "NaN",
        '{"a": 1, "a": 2}',
        "{'a': 1}",
        "[" * 41 + "]" * 41,
        f'"{"x" * LONGEST}"',
    )
    comparisons = ("contains", "empty", "not_empty")
    widget = "json"
    width = 220
    structured = True
    wide = True
    sortable = False

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, plain_text()),)

    def parse(self, typed: str, field: Field, formats: Formats) -> str:
        if len(typed) > LONGEST:
            raise refuse("long", count=LONGEST)
        try:
            value = json.loads(
                typed, parse_float=Decimal, parse_constant=_constant, object_pairs_hook=_object, parse_int=_Spelled
            )
            return _written(value, "\n")
        except json.JSONDecodeError as error:
            raise refuse("json", line=error.lineno, column=error.colno) from None
        except RecursionError:
            raise refuse("json_deep", count=DEEPEST) from None

    def accept(self, value: Any, field: Field) -> str | None:
        """A text is JSON already; what YAML or an API gives as a map or a list becomes it."""
        if not isinstance(value, str):
            return _written(value, "\n")
        return self.parse(value, field, Formats.neutral()) if value.strip() else None

    def validate(self, value: Any, field: Field) -> None:
        if len(value) > LONGEST:
            raise refuse("long", count=LONGEST)

    def format_short(self, value: Any, field: Field, formats: Formats) -> str:
        line = " ".join(value[: SHORT * 4].split())
        return line if len(line) <= SHORT else line[: SHORT - 1] + "…"


class _Spelled(str):
    """A number as it was written: an integer may be longer than any number type."""


def _constant(word: str) -> NoReturn:
    raise refuse("json_constant", name=word)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise refuse("json_twice", name=next(name for name in names if names.count(name) > 1)[:40])
    return found


def _written(value: Any, indent: str) -> str:
    """Raises `ValueRefused` when it is nested too deep. `indent` is the line break and spaces of this level."""
    inner = indent + "  "
    if len(indent) > 2 * DEEPEST - 1:
        raise refuse("json_deep", count=DEEPEST)
    if isinstance(value, dict):
        items = [f"{_text(str(name))}: {_written(part, inner)}" for name, part in value.items()]
        return "{" + inner + f",{inner}".join(items) + indent + "}" if items else "{}"
    if isinstance(value, (list, tuple)):
        items = [_written(part, inner) for part in value]
        return "[" + inner + f",{inner}".join(items) + indent + "]" if items else "[]"
    if isinstance(value, (_Spelled, Decimal)):
        return str(value)
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(text: str) -> str:
    """No database takes half a character, so a text with one is written in escapes."""
    return json.dumps(text, ensure_ascii=bool(SURROGATE.search(text)))
