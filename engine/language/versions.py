"""Versions `X.Y.Z` and ranges of them: `^1.2`, `~1.2.3`, `>=1.0, <2`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

Version = tuple[int, int, int]

_NUMBER = r"(0|[1-9][0-9]{0,8})"
_VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}")
_PART = re.compile(rf"(\^|~|>=|<=|>|<|=|)\s*{_NUMBER}(?:\.{_NUMBER})?(?:\.{_NUMBER})?")
_COMPARE: dict[str, Callable[[Version, Version], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "": operator.eq,
}


def version(text: str) -> Version | None:
    """Three numbers, or None."""
    found = _VERSION.fullmatch(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def satisfies(found: Version, wanted: str) -> bool:
    """Does a version lie in a range. Raises `ValueError` when the range is not readable."""
    holding = [_part_holds(found, part.strip()) for part in wanted.split(",")]
    return all(holding)


def _part_holds(found: Version, part: str) -> bool:
    match = _PART.fullmatch(part)
    if match is None:
        raise ValueError(part)
    sign, *written = match.groups()
    numbers = [int(number) for number in written if number is not None]
    low: Version = (numbers[0], *[*numbers[1:], 0, 0][:2])  # type: ignore[assignment]
    if sign in ("^", "~"):
        return low <= found < _next(low, numbers, sign)
    return _COMPARE[sign](found, low)


def _next(low: Version, numbers: list[int], sign: str) -> Version:
    """The first version outside: a caret keeps the first number that is not 0, a tilde the second one written."""
    kept = min(len(numbers), 2) - 1
    if sign == "^":
        kept = next((at for at, number in enumerate(numbers) if number), len(numbers) - 1)
    raised = [*low[:kept], low[kept] + 1, 0, 0][:3]
    return raised[0], raised[1], raised[2]
