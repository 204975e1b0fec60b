"""Types and functions in plain words, in every language, for messages."""

from __future__ import annotations

from collections.abc import Iterable

from engine.expressions.types import Kind, Type
from engine.locale.text import Text

_WORDS = {
    Kind.NULL: ("an empty value", "空值"),
    Kind.BOOLEAN: ("a yes-or-no value", "是或否的值"),
    Kind.NUMBER: ("a number", "数字"),
    Kind.TEXT: ("a text", "文本"),
    Kind.DATE: ("a date", "日期"),
    Kind.DATETIME: ("a date with time", "日期时间"),
    Kind.CHOICE: ("a choice", "选项"),
    Kind.RECORD: ("a record", "记录"),
    Kind.LIST: ("a list", "列表"),
    Kind.PARTS: ("a value of several parts", "由多个部分组成的值"),
}


def _text(en: str, zh: str) -> Text:
    return Text((("en", en), ("zh-CN", zh)))


def in_words(type: Type) -> Text:
    """The type as a person says it: a text, a number in EUR, a record of account."""
    if type.kind is Kind.RECORD and type.entity:
        return _text(f"a record of {type.entity}", f"“{type.entity}”记录")
    if type.kind is Kind.NUMBER and type.currency:
        return _text(f"an amount in {type.currency}", f"以 {type.currency} 计的金额")
    return _text(*_WORDS[type.kind])


def kinds_in_words(kinds: Iterable[Kind]) -> Text:
    """Several kinds, any of which is meant: a date or a number."""
    words = [_WORDS[kind] for kind in kinds]
    return _text(" or ".join(en for en, _ in words), "或".join(zh for _, zh in words))


def quoted_list(words: Iterable[str]) -> str:
    return ", ".join(words)
