"""The helper functions of the language, by name; one module for each family."""

from __future__ import annotations

from collections.abc import Mapping

from engine.expressions.function import Function
from engine.expressions.functions import (
    calendar,
    clock,
    converting,
    empty,
    lists,
    number,
    periods,
    pieces,
    shifts,
    spans,
    text,
    working,
)

FUNCTIONS: Mapping[str, Function] = {
    function.name: function
    for function in (
        *clock.FUNCTIONS,
        *empty.FUNCTIONS,
        *text.FUNCTIONS,
        *pieces.FUNCTIONS,
        *converting.FUNCTIONS,
        *lists.FUNCTIONS,
        *number.FUNCTIONS,
        *calendar.FUNCTIONS,
        *shifts.FUNCTIONS,
        *periods.FUNCTIONS,
        *working.FUNCTIONS,
        *spans.FUNCTIONS,
    )
}
