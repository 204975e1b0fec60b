"""The helper functions of the language, by name; one module for each family."""

from __future__ import annotations

from collections.abc import Mapping

from engine.expressions.function import Function, said
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
from engine.locale.text import Text

FAMILIES: tuple[tuple[Text, tuple[Function, ...]], ...] = (
    (said("Today and now", "今天与现在"), clock.FUNCTIONS),
    (said("Parts of dates and moments", "日期和时刻的组成部分"), calendar.FUNCTIONS),
    (said("Making, moving and comparing dates", "生成、移动和比较日期"), shifts.FUNCTIONS),
    (said("Weeks, months, quarters and years", "周、月、季度和年"), periods.FUNCTIONS),
    (said("Working days", "工作日"), working.FUNCTIONS),
    (said("Spans of days, right of in", "日期范围（写在 in 右侧）"), spans.FUNCTIONS),
    (said("Numbers", "数字"), number.FUNCTIONS),
    (said("Looking into texts", "查看文本"), text.FUNCTIONS),
    (said("Joining and splitting texts", "连接和拆分文本"), pieces.FUNCTIONS),
    (said("Between texts, numbers and dates", "文本、数字和日期互转"), converting.FUNCTIONS),
    (said("Empty values", "空值"), empty.FUNCTIONS),
    (said("Lists", "列表"), lists.FUNCTIONS),
)
FUNCTIONS: Mapping[str, Function] = {function.name: function for _, family in FAMILIES for function in family}
