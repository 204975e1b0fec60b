"""Rounding, the size of a number, and the smallest and largest of several values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, cast, func

from engine.expressions.agreement import common_type
from engine.expressions.exact import CONTEXT, Number, round_to
from engine.expressions.function import Argument, Element, Example, Function, Parameter
from engine.expressions.size import QUOTIENT_PLACES
from engine.expressions.tree import UNKNOWN
from engine.expressions.types import NUMBER, Kind, Type
from engine.locale.text import Text

_NUMBER = Parameter("number", (Kind.NUMBER,))
_VALUE = Parameter("value", (Kind.NUMBER, Kind.DATE, Kind.DATETIME))


def _rounded_type(arguments: Sequence[Argument]) -> Type:
    places = arguments[1].literal if len(arguments) > 1 else 0
    currency = arguments[0].type.currency
    return replace(NUMBER, scale=0 if places is UNKNOWN else int(places), currency=currency)


def _same_type(arguments: Sequence[Argument]) -> Type | None:
    agreed = common_type(argument.type for argument in arguments)
    return NUMBER if agreed and agreed.kind is Kind.NULL else agreed


def _number_type(arguments: Sequence[Argument]) -> Type:
    return replace(NUMBER, currency=arguments[0].type.currency)


def _round(value: Number | None, places: Number = 0) -> Decimal | None:
    return None if value is None else round_to(value, places)


def _round_sql(value: Element, places: Element | None = None) -> Element:
    return func.round(value, 0 if places is None else cast(places, Integer))


def _absolute(value: Number | None) -> Decimal | None:
    return None if value is None else CONTEXT.abs(value)


def _chosen(choose: Callable[[list[Any]], Any]) -> Callable[..., Any]:
    def run(*values: Number | date | None) -> Number | date | None:
        present = [value for value in values if value is not None]
        return choose(present) if present else None

    return run


FUNCTIONS = (
    Function(
        name="round",
        doc=Text(
            (
                (
                    "en",
                    "A number rounded to so many decimal places, half away from zero; without places to a whole one.",
                ),
                ("zh-CN", "按指定小数位数四舍五入；不写位数时取整。"),
            )
        ),
        parameters=(_NUMBER, Parameter("places", (Kind.NUMBER,), optional=True, literal_up_to=QUOTIENT_PLACES)),
        result=_rounded_type,
        meaning=_round,
        postgresql=_round_sql,
        examples=(Example("round(2.345, 2)", Decimal("2.35")), Example("round(-2.5)", -3)),
    ),
    Function(
        name="abs",
        doc=Text((("en", "A number without its sign."), ("zh-CN", "数字的绝对值。"))),
        parameters=(_NUMBER,),
        result=_number_type,
        meaning=_absolute,
        postgresql=func.abs,
        examples=(Example("abs(-1.5)", Decimal("1.5")),),
    ),
    Function(
        name="min",
        doc=Text((("en", "The smallest of the values that are not empty."), ("zh-CN", "非空值中最小的一个。"))),
        parameters=(_VALUE, _VALUE),
        result=_same_type,
        meaning=_chosen(min),
        postgresql=func.least,
        variadic=True,
        examples=(Example("min(3, 1, 2)", 1), Example("min(null, 4)", 4)),
    ),
    Function(
        name="max",
        doc=Text((("en", "The largest of the values that are not empty."), ("zh-CN", "非空值中最大的一个。"))),
        parameters=(_VALUE, _VALUE),
        result=_same_type,
        meaning=_chosen(max),
        postgresql=func.greatest,
        variadic=True,
        examples=(Example("max(3, 1, 2)", 3), Example("max(today(), today() - 1)", date(2024, 2, 29))),
    ),
)
