"""Exact numbers in fields: reading, size, limits and rounding."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.locale.formats import Formats
from engine.schema.field_type import refuse

LONGEST = 18
"""Digits of a stored number: what a 64-bit integer always holds."""

DIGITS = {
    "type": ["string", "number"],
    "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
    "description": "Exact digits in a text, as answers give it; a number is read too.",
    "x-zh-CN": "以文本表示的精确数字（返回时即为文本）；写入时也接受数字。",
}
"""What the API has of an exact number."""

LIMITS = {
    "min": {"type": "number", "description": "The smallest value allowed."},
    "max": {"type": "number", "description": "The largest value allowed."},
}


def read_number(typed: str, scale: int, formats: Formats) -> Decimal:
    """The typed number with exactly `scale` decimal places. Raises `ValueRefused`."""
    try:
        value = formats.parse_decimal(typed)
    except ValueError:
        raise refuse("number") from None
    check_size(value, LONGEST, scale)
    exact = rounded(value, scale)
    if exact != value:
        raise refuse("places", count=scale) if scale else refuse("whole")
    return exact


def check_size(value: Decimal, precision: int, scale: int) -> None:
    """At most `precision` digits, `scale` of them after the decimal sign. Raises `ValueRefused`."""
    if value and value.adjusted() >= precision - scale:
        raise refuse("large", count=precision - scale)


def check_limits(value: int | Decimal, settings: Mapping[str, Any]) -> None:
    """Against the options `min` and `max`. Raises `ValueRefused`."""
    least, most = settings.get("min"), settings.get("max")
    if least is not None and value < least:
        raise refuse("at_least", limit=f"{least:,}")
    if most is not None and value > most:
        raise refuse("at_most", limit=f"{most:,}")


def rounded(value: int | Decimal, scale: int) -> Decimal:
    """Half away from zero."""
    return Decimal(value).quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP)
