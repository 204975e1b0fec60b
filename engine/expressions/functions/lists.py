"""Lists: the options of a field, the records it links to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Numeric, Text as SqlText, cast, func, literal, type_coerce
from sqlalchemy.dialects.postgresql import JSONB

from engine.expressions.function import Element, Example, Function, Parameter, always
from engine.expressions.types import INTEGER, Kind
from engine.locale.text import Text


def _count(values: tuple[Any, ...] | None) -> int:
    return len(values or ())


def _on_postgresql(values: Element) -> Element:
    items = func.jsonb_array_length(cast(type_coerce(values, SqlText()), JSONB))
    return cast(func.coalesce(items, literal(0)), Numeric)


def _on_sqlite(values: Element) -> Element:
    return cast(func.coalesce(func.json_array_length(type_coerce(values, SqlText())), literal(0)), SqlText)


FUNCTIONS = (
    Function(
        name="count",
        doc=Text(
            (("en", "How many values a list has; 0 for an empty one."), ("zh-CN", "列表中值的个数；空列表为 0。"))
        ),
        parameters=(Parameter("list", (Kind.LIST,)),),
        result=always(INTEGER),
        meaning=_count,
        postgresql=_on_postgresql,
        sqlite=_on_sqlite,
        never_null=True,
        examples=(Example("count(null)", 0),),
    ),
)
