"""The JSON of a request, read strictly: each key once, no constants beyond JSON, numbers with all their digits."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from engine.web.api.problem import Problem, refused

DEEPEST = 40
LONGEST_NUMBER = 400
"""Characters."""


def read_object(body: bytes) -> dict[str, Any]:
    """Raises `Problem`."""
    value = read_json(body)
    if not isinstance(value, dict):
        raise refused("bad_request", "json_object")
    return value


def read_json(body: bytes) -> Any:
    """Numbers with a point or exponent become `Decimal`. Raises `Problem`."""
    try:
        value = json.loads(
            body.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_constant,
        )
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except json.JSONDecodeError as error:
        raise refused("bad_request", "json_syntax", line=error.lineno, column=error.colno) from None
    except UnicodeError:
        raise refused("bad_request", "json_text") from None
    except RecursionError:
        raise refused("bad_request", "json_deep", count=DEEPEST) from None
    if _is_deeper(value, DEEPEST):
        raise refused("bad_request", "json_deep", count=DEEPEST)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise refused("bad_request", "json_twice", name=next(n for n in names if names.count(n) > 1)[:40])
    return found


def _decimal(text: str) -> Decimal:
    if len(text) > LONGEST_NUMBER:
        raise _number()
    try:
        return Decimal(text)
    except InvalidOperation:
        raise _number() from None


def _integer(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise _number()
    return int(text)


def _number() -> Problem:
    return refused("bad_request", "json_number", count=LONGEST_NUMBER)


def _constant(word: str) -> NoReturn:
    raise refused("bad_request", "json_constant", name=word)


def _is_deeper(value: Any, left: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return bool(inner) and (left == 0 or any(_is_deeper(part, left - 1) for part in inner))
