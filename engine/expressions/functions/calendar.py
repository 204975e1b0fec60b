"""The parts of a date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from sqlalchemy import Numeric, cast, extract

from engine.expressions.function import Element, Example, Function, Parameter, always
from engine.expressions.types import INTEGER, Kind
from engine.locale.text import Text

Part = Literal["year", "month", "day"]


def _meaning(part: Part) -> Callable[[date | None], int | None]:
    return lambda day: None if day is None else getattr(day, part)


def _postgresql(part: Part) -> Callable[[Element], Element]:
    return lambda day: cast(extract(part, day), Numeric)


def _part(part: Part, en: str, zh: str, example: Example) -> Function:
    return Function(
        name=part,
        doc=Text((("en", en), ("zh-CN", zh))),
        parameters=(Parameter("date", (Kind.DATE,)),),
        result=always(INTEGER),
        meaning=_meaning(part),
        postgresql=_postgresql(part),
        examples=(example, Example(f"{part}(null)", None)),
    )


FUNCTIONS = (
    _part("year", "The year of a date.", "日期的年份。", Example("year(today())", 2024)),
    _part("month", "The month of a date, 1 to 12.", "日期的月份，1 到 12。", Example("month(today())", 2)),
    _part(
        "day", "The day of the month of a date, 1 to 31.", "日期在当月的第几天，1 到 31。", Example("day(today())", 29)
    ),
)
