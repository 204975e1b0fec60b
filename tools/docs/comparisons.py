"""The reference of filter comparisons."""

from __future__ import annotations

from engine.compiling import field_types
from engine.schema.comparisons import COMPARISONS, Comparison
from tools.docs.markdown import both, code, listed, page as made, table

TITLE = both("Comparisons of filters", "筛选比较方式")
INTRODUCTION = both(
    "What people choose in a filter chip. “Is not” and “is none of” hold for an empty value too; apart from "
    "“is empty”, the others do not.",
    "筛选条件中可选的比较方式。“不等于”和“不属于”对空值也成立；除“为空”外，其他方式对空值都不成立。",
)
HEAD = both("Comparison|Shown as|Asks for|Field types", "比较方式|显示为|需要填写|字段类型")
OPERANDS = {
    "none": both("nothing", "无"),
    "one": both("one value", "一个值"),
    "two": both("two values", "两个值"),
    "many": both("any number of values", "任意个值"),
}
DAYS = both("a number of days", "天数")


def page(language: str) -> str:
    rows = [
        [code(name), comparison.label.in_(language), _operand(comparison, language), _types(name, language)]
        for name, comparison in COMPARISONS.items()
    ]
    return made(language, TITLE, INTRODUCTION.in_(language), table(HEAD.in_(language).split("|"), rows))


def _operand(comparison: Comparison, language: str) -> str:
    words = DAYS if comparison.reads == "days" else OPERANDS[comparison.operand]
    return words.in_(language)


def _types(comparison: str, language: str) -> str:
    return listed((code(name) for name, kind in field_types().items() if comparison in kind.comparisons), language)
