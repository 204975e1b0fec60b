"""Empty values: asking for them and filling them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func

from engine.expressions.agreement import common_type
from engine.expressions.function import ANY, Argument, Example, Function, Parameter, always
from engine.expressions.types import BOOLEAN, Kind, Type
from engine.locale.text import Text

_VALUE = Parameter("value", ANY)


def _is_empty(value: Any) -> bool:
    return value is None


def _coalesce(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _same_type(arguments: Sequence[Argument]) -> Type | None:
    return common_type(argument.type for argument in arguments)


FUNCTIONS = (
    Function(
        name="is_empty",
        doc=Text(
            (
                ("en", "Whether there is no value. An empty text is no value; zero and no are values."),
                ("zh-CN", "是否没有值。空文本算没有值；零和“否”算有值。"),
            )
        ),
        parameters=(Parameter("value", (*ANY, Kind.PARTS, Kind.LIST)),),
        result=always(BOOLEAN),
        meaning=_is_empty,
        postgresql=lambda value: value.is_(None),
        sqlite=lambda value: value.is_(None),
        never_null=True,
        examples=(Example("is_empty('')", True), Example("is_empty(0)", False)),
    ),
    Function(
        name="coalesce",
        doc=Text((("en", "The first of the values that is not empty."), ("zh-CN", "第一个非空的值。"))),
        parameters=(_VALUE, _VALUE),
        result=_same_type,
        meaning=_coalesce,
        postgresql=func.coalesce,
        sqlite=func.coalesce,
        variadic=True,
        examples=(Example("coalesce('', 'none')", "none"), Example("coalesce(null, null)", None)),
    ),
)
