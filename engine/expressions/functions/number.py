"""Rounding, remainders, powers, shares, and the smallest and largest of several values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from sqlalchemy import Integer, Numeric, cast, func

from engine.expressions.agreement import common_type, two_currencies
from engine.expressions.elements import Given
from engine.expressions.exact import CONTEXT, Number, divide, multiply, round_to
from engine.expressions.function import Argument, Element, Example, Function, Parameter, always, said
from engine.expressions.size import QUOTIENT_PLACES, Size
from engine.expressions.tree import UNKNOWN
from engine.expressions.types import NUMBER, Kind, Type
from engine.locale.text import Text

HIGHEST_POWER = 12
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


def _floor(value: Number | None) -> Decimal | None:
    return None if value is None else Decimal(value).to_integral_value(ROUND_FLOOR, CONTEXT)


def _ceil(value: Number | None) -> Decimal | None:
    return None if value is None else Decimal(value).to_integral_value(ROUND_CEILING, CONTEXT)


def _whole_type(arguments: Sequence[Argument]) -> Type:
    return replace(NUMBER, scale=0, currency=arguments[0].type.currency)


def _mod(value: Number | None, divisor: Number | None) -> Decimal | None:
    if value is None or divisor is None or divisor == 0:
        return None
    rest = CONTEXT.remainder(value, divisor)
    return CONTEXT.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


def _power(value: Number | None, exponent: Number) -> Decimal | None:
    if value is None:
        return None
    found = Decimal(1)
    for _ in range(int(exponent)):
        found = CONTEXT.multiply(found, value)
    return found


def _power_size(sizes: Sequence[Size], arguments: Sequence[Argument]) -> Size:
    times = int(arguments[1].literal)
    return Size(max(sizes[0].digits * times, 1), sizes[0].places * times)


_POWERS = " ".join(f"WHEN {times} THEN {' * '.join('a' * times)}" for times in range(1, HIGHEST_POWER + 1))


def _percent_of(part: Number | None, whole: Number | None) -> Decimal | None:
    return divide(multiply(part, 100), whole)


def _percent_type(arguments: Sequence[Argument]) -> Type | None:
    return None if two_currencies(arguments[0].type, arguments[1].type) else NUMBER


def _percent_size(sizes: Sequence[Size], arguments: Sequence[Argument]) -> Size:
    return sizes[0].times(Size(3, 0)).over(sizes[1])


_PERCENT = (
    f"CASE WHEN b <> 0 THEN sign(a) * sign(b) * div(abs(a) * {200 * 10**QUOTIENT_PLACES} + abs(b), abs(b) * 2)"
    f" * {Decimal(1).scaleb(-QUOTIENT_PLACES):f} END"
)

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
        name="floor",
        doc=said("The largest whole number that is not above a number.", "不大于该数字的最大整数。"),
        parameters=(_NUMBER,),
        result=_whole_type,
        meaning=_floor,
        postgresql=func.floor,
        examples=(Example("floor(2.7)", 2), Example("floor(-2.1)", -3)),
    ),
    Function(
        name="ceil",
        doc=said("The smallest whole number that is not below a number.", "不小于该数字的最小整数。"),
        parameters=(_NUMBER,),
        result=_whole_type,
        meaning=_ceil,
        postgresql=func.ceil,
        examples=(Example("ceil(2.1)", 3), Example("ceil(-2.7)", -2)),
    ),
    Function(
        name="mod",
        doc=said(
            "What is left of a number after a division; it has the sign of the divisor. By zero it is null.",
            "除法的余数，符号与除数相同；除以零为空值。",
        ),
        parameters=(_NUMBER, Parameter("divisor", (Kind.NUMBER,))),
        result=_number_type,
        meaning=_mod,
        postgresql=lambda value, divisor: Given(
            "CASE WHEN b <> 0 THEN mod(mod(a, b) + b, b) END", Numeric(), value, divisor
        ),
        examples=(Example("mod(7, 3)", 1), Example("mod(-7, 3)", 2), Example("mod(5.5, 2)", Decimal("1.5"))),
    ),
    Function(
        name="power",
        doc=said(
            f"A number multiplied so many times with itself, at most {HIGHEST_POWER}; the result is exact.",
            f"数字的乘方，指数最大为 {HIGHEST_POWER}；结果精确。",
        ),
        parameters=(_NUMBER, Parameter("exponent", (Kind.NUMBER,), literal_up_to=HIGHEST_POWER)),
        result=always(NUMBER),
        meaning=_power,
        postgresql=lambda value, exponent: Given(
            f"CASE b WHEN 0 THEN a * 0 + 1 {_POWERS} END", Numeric(), value, exponent
        ),
        size=_power_size,
        examples=(Example("power(1.05, 2)", Decimal("1.1025")), Example("power(2, 0)", 1)),
    ),
    Function(
        name="percent_of",
        doc=said(
            "How many percent a part is of a whole; null when the whole is zero.",
            "部分占整体的百分比；整体为零时为空值。",
        ),
        parameters=(Parameter("part", (Kind.NUMBER,)), Parameter("whole", (Kind.NUMBER,))),
        result=_percent_type,
        meaning=_percent_of,
        postgresql=lambda part, whole: Given(_PERCENT, Numeric(), part, whole),
        size=_percent_size,
        examples=(Example("percent_of(25, 200)", Decimal("12.5")), Example("percent_of(1, 0)", None)),
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
