"""Checks nodes against a JSON Schema (draft 7): each fault becomes one problem at its key or value.

A plain number satisfies both "string" and "number". A schema may annotate: `x-problem` gives the code for what the
subschema refuses (or a map from schema keyword to code), `x-words` the words for the slots of its texts, each a string
or a map of languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping as AnyMapping
from decimal import Decimal
from typing import Any

from jsonschema import Draft7Validator, TypeChecker, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from engine.language.mismatches import Mismatch, tell
from engine.language.nodes import Mapping, Node, Sequence
from engine.language.problems import Problems, Values

JsonSchema = AnyMapping[str, Any]

TEXT: JsonSchema = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "propertyNames": {
                "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
                "x-problem": "E208",
                "x-words": {"form": {"en": "a language such as en or zh-CN", "zh-CN": "语言代码，如 en 或 zh-CN"}},
            },
            "additionalProperties": {"type": "string"},
            "minProperties": 1,
        },
    ],
    "x-words": {"wanted": {"en": "a text or a map of languages", "zh-CN": "文本或按语言的映射"}},
    "description": "A text people read: one text, or {en: …, zh-CN: …}.",
}
"""The schema of a text a person reads, for `#/definitions/text`."""


class _Written(str):
    """A text as it was written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "…"


class _Number(_Written):
    """A plain number: a text to "string", a number to "number", and compared as either."""

    __slots__ = ()

    @property
    def whole(self) -> bool:
        return "." not in self

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, other) if isinstance(other, str) else Decimal(self) == other

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: Any) -> bool:
        return str.__lt__(self, other) if isinstance(other, str) else Decimal(self) < other

    def __le__(self, other: Any) -> bool:
        return str.__le__(self, other) if isinstance(other, str) else Decimal(self) <= other

    def __gt__(self, other: Any) -> bool:
        return str.__gt__(self, other) if isinstance(other, str) else Decimal(self) > other

    def __ge__(self, other: Any) -> bool:
        return str.__ge__(self, other) if isinstance(other, str) else Decimal(self) >= other

    def __mod__(self, other: Any) -> Any:
        return Decimal(self) % Decimal(str(other))

    def __hash__(self) -> int:
        return str.__hash__(self)


class _Map(dict[str, Any]):
    __slots__ = ()

    def __repr__(self) -> str:
        return "{…}"


class _List(list[Any]):
    __slots__ = ()

    def __repr__(self) -> str:
        return "[…]"


def _is_number(_: TypeChecker, instance: object) -> bool:
    return isinstance(instance, _Number)


def _is_integer(_: TypeChecker, instance: object) -> bool:
    return isinstance(instance, _Number) and instance.whole


_Validator = extend(  # type: ignore[no-untyped-call]
    Draft7Validator,
    type_checker=Draft7Validator.TYPE_CHECKER.redefine_many({"number": _is_number, "integer": _is_integer}),
)


class Checker:
    """A schema made ready to check many nodes."""

    def __init__(self, schema: JsonSchema) -> None:
        self._validator: Validator = _Validator(schema)

    def check(self, node: Node, problems: Problems, *, words: Values | None = None) -> bool:
        """Tell what does not fit; `words` fill slots of the texts. True when all of it fits."""
        faults = tuple(_mismatch(error) for error in self._validator.iter_errors(_instance(node)))
        tell(faults, node, problems, words or {})
        return not faults


def check(node: Node, schema: JsonSchema, problems: Problems, *, words: Values | None = None) -> bool:
    """Check one node; see `Checker`."""
    return Checker(schema).check(node, problems, words=words)


def _instance(node: Node) -> Any:
    if isinstance(node, Mapping):
        return _Map((name, _instance(value)) for name, value in node.items())
    if isinstance(node, Sequence):
        return _List(_instance(item) for item in node.items)
    if node.numeric:
        return _Number(node.text)
    value = node.value
    return _Written(value) if isinstance(value, str) else value


def _mismatch(error: ValidationError) -> Mismatch:
    keys = "propertyNames" in error.absolute_schema_path and isinstance(error.instance, str)
    return Mismatch(
        keyword=str(error.validator),
        wanted=error.validator_value,
        path=tuple(error.absolute_path),
        schema=error.schema if isinstance(error.schema, dict) else {},
        key=str.__str__(error.instance) if keys else None,
        branches=_branches(error.context or ()),
    )


def _branches(causes: Iterable[ValidationError]) -> tuple[tuple[Mismatch, ...], ...]:
    """The causes of an anyOf or oneOf, one tuple for each of its branches."""
    branches: dict[object, list[Mismatch]] = {}
    for cause in causes:
        branches.setdefault(cause.relative_schema_path[0], []).append(_mismatch(cause))
    return tuple(tuple(faults) for faults in branches.values())
