"""The reference of functions: what each one takes and gives, what it means, and examples that a test runs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine.expressions.function import Function, Parameter
from engine.expressions.functions import FAMILIES
from engine.expressions.parse import parse
from engine.expressions.types import Kind, Rows, Type
from engine.expressions.wording import in_words, kinds_in_words
from tools.docs.markdown import both, code, listed, page as made, table

TITLE = both("Functions of expressions", "表达式函数")
LEAD = both(
    "Every function works on one record and over a whole table, with the same answer in Python, SQLite and PostgreSQL: "
    "[how expressions are written](expressions.md). A function of an empty value is empty where nothing else is said. "
    "Examples are for 29 February 2024, 10:30 UTC, in a workspace whose week begins on Monday and whose fiscal year "
    "begins in January; a test runs them.",
    "所有函数既可用于单条记录，也可用于整张表，在 Python、SQLite 和 PostgreSQL 上结果相同："
    "[表达式的写法](expressions.md)。除另有说明外，空值的函数结果为空值。示例的时间为 2024 年 2 月 29 日 10:30（UTC），"
    "一周从星期一开始，财年从一月开始；示例均由测试运行。",
)
LEFT_OUT = both(
    "Left out, because no two engines agree on them or they have no bound: regular expressions, capitals at the "
    "beginning of words, roots and logarithms, repeating a text, the sound of a word.",
    "以下功能因各引擎结果不一致或没有上限而未提供：正则表达式、单词首字母大写、开方与对数、重复文本、读音匹配。",
)
HEAD = both("Example|Result", "示例|结果")
NOTHING = both("nothing", "无")
TAKES, GIVES = both("Takes", "参数"), both("Gives", "结果")
WHOLE = both("a whole number", "整数")
UP_TO = both("a number from 0 to {limit}, written out", "直接写出的 0 到 {limit} 的数字")
ANYTHING = both("any value", "任意值")
OPTIONAL, MORE = both("may be left out", "可省略"), both("as many as wanted", "可重复")
COLON, COMMA, STOP, NEXT = both(": ", "："), both(", ", "，"), both(".", "。"), both(". ", "。")
_MOST_KINDS = 4


def page(language: str) -> str:
    contents = "\n".join(
        f"- [{title.in_(language)}](#{_anchor(title.in_(language))}){COLON.in_(language)}"
        + listed((code(function.name) for function in functions), language)
        for title, functions in FAMILIES
    )
    families = [
        part
        for title, functions in FAMILIES
        for part in (f"## {title.in_(language)}", *(_function(function, language) for function in functions))
    ]
    return made(language, TITLE, LEAD.in_(language), contents, *families, LEFT_OUT.in_(language))


def _anchor(title: str) -> str:
    return "".join(letter for letter in title.lower().replace(" ", "-") if letter.isalnum() or letter == "-")


def _function(function: Function, language: str) -> str:
    rows = [[code(example.text), code(_value(example.value))] for example in function.examples]
    return "\n\n".join(
        [
            f"### {function.signature}",
            function.doc.in_(language),
            _takes(function, language) + NEXT.in_(language) + _gives(function, language) + STOP.in_(language),
            table(HEAD.in_(language).split("|"), rows),
        ]
    )


def _takes(function: Function, language: str) -> str:
    shown = function.parameters[1:] if function.spans else function.parameters
    words = [f"{code(item.name)} {_parameter(item, language)}" for item in dict.fromkeys(shown)]
    if function.variadic:
        words[-1] += COMMA.in_(language) + MORE.in_(language)
    told = "; ".join(words) if language == "en" else "；".join(words)
    return TAKES.in_(language) + COLON.in_(language) + (told or NOTHING.in_(language))


def _parameter(item: Parameter, language: str) -> str:
    kinds = tuple(kind for kind in item.kinds if kind is not Kind.NULL)
    if item.literal_up_to is not None:
        words = UP_TO.in_(language).format(limit=item.literal_up_to)
    elif item.whole:
        words = WHOLE.in_(language)
    else:
        words = (ANYTHING if len(kinds) > _MOST_KINDS else kinds_in_words(kinds)).in_(language)
    return words + (COMMA.in_(language) + OPTIONAL.in_(language) if item.optional else "")


def _gives(function: Function, language: str) -> str:
    found: dict[str, None] = {}
    for example in function.examples:
        type = parse(example.text, Nowhere()).type
        if type.kind is not Kind.NULL:
            found[in_words(type).in_(language)] = None
    return GIVES.in_(language) + COLON.in_(language) + next(iter(found), ANYTHING.in_(language))


class Nowhere:
    """The scope of the examples, which are about no record."""

    def member(self, of: Type | None, name: str) -> Type | None:
        return None

    def names(self, of: Type | None) -> tuple[str, ...]:
        return ()

    def rows(self, of: Type | None, name: str) -> Rows | None:
        return None

    def within(self, entity: str) -> None:
        return None

    def row_names(self) -> tuple[str, ...]:
        return ()


def _value(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            return f"'{value}'"
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case _:
            return str(value)
