"""Looking into texts. Upper and lower case follow Unicode, the same on every engine (`ß` becomes `SS`)."""

from __future__ import annotations

from sqlalchemy import Numeric, Text as SqlText, cast, func

from engine.expressions.function import Element, Example, Function, Parameter, always, said
from engine.expressions.types import BOOLEAN, INTEGER, TEXT, Kind
from engine.locale.text import Text

_UNICODE, _CODE_POINTS = "und-x-icu", "C"
_TEXT = Parameter("text", (Kind.TEXT, Kind.CHOICE))
_PART = Parameter("part", (Kind.TEXT, Kind.CHOICE))


def _contains(text: str | None, part: str | None) -> bool:
    return text is not None and part is not None and part in text


def _starts_with(text: str | None, part: str | None) -> bool:
    return text is not None and part is not None and text.startswith(part)


def _ends_with(text: str | None, part: str | None) -> bool:
    return text is not None and part is not None and text.endswith(part)


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


def _upper(text: str | None) -> str | None:
    return None if text is None else text.upper()


def _length(text: str | None) -> int | None:
    return None if text is None else len(text)


def _find(text: str | None, part: str | None) -> int | None:
    return None if text is None or part is None else text.find(part) + 1 or None


def _true_or_false(condition: Element) -> Element:
    return func.coalesce(condition, False)


def _ends_with_sql(text: Element, part: Element) -> Element:
    return _true_or_false(func.starts_with(func.reverse(text), func.reverse(part)))


FUNCTIONS = (
    Function(
        name="contains",
        doc=Text(
            (
                ("en", "Whether a text holds another; capitals matter. An empty part is in no text."),
                ("zh-CN", "文本是否包含另一段文本，区分大小写。空的部分不算包含。"),
            )
        ),
        parameters=(_TEXT, _PART),
        result=always(BOOLEAN),
        meaning=_contains,
        postgresql=lambda text, part: _true_or_false(func.strpos(text, part) > 0),
        sqlite=lambda text, part: _true_or_false(func.instr(text, part) > 0),
        never_null=True,
        examples=(Example("contains('客户名称', '名')", True), Example("contains('a', '')", False)),
    ),
    Function(
        name="starts_with",
        doc=Text((("en", "Whether a text begins with another."), ("zh-CN", "文本是否以另一段文本开头。"))),
        parameters=(_TEXT, _PART),
        result=always(BOOLEAN),
        meaning=_starts_with,
        postgresql=lambda text, part: _true_or_false(func.starts_with(text, part)),
        never_null=True,
        examples=(Example("starts_with('INV-7', 'INV')", True), Example("starts_with(null, 'a')", False)),
    ),
    Function(
        name="ends_with",
        doc=Text((("en", "Whether a text ends with another."), ("zh-CN", "文本是否以另一段文本结尾。"))),
        parameters=(_TEXT, _PART),
        result=always(BOOLEAN),
        meaning=_ends_with,
        postgresql=_ends_with_sql,
        never_null=True,
        examples=(Example("ends_with('a.pdf', '.pdf')", True), Example("ends_with('a', 'ba')", False)),
    ),
    Function(
        name="lower",
        doc=Text((("en", "A text in small letters."), ("zh-CN", "转换为小写的文本。"))),
        parameters=(_TEXT,),
        result=always(TEXT),
        meaning=_lower,
        postgresql=lambda text: func.lower(text.collate(_UNICODE), type_=SqlText()).collate(_CODE_POINTS),
        examples=(Example("lower('ÉA')", "éa"), Example("lower('')", None)),
    ),
    Function(
        name="upper",
        doc=Text((("en", "A text in capitals."), ("zh-CN", "转换为大写的文本。"))),
        parameters=(_TEXT,),
        result=always(TEXT),
        meaning=_upper,
        postgresql=lambda text: func.upper(text.collate(_UNICODE), type_=SqlText()).collate(_CODE_POINTS),
        examples=(Example("upper('straße')", "STRASSE"),),
    ),
    Function(
        name="len",
        doc=Text(
            (
                ("en", "The number of characters of a text; null for an empty one."),
                ("zh-CN", "文本的字符数；空文本的结果为空值。"),
            )
        ),
        parameters=(_TEXT,),
        result=always(INTEGER),
        meaning=_length,
        postgresql=lambda text: cast(func.length(text), Numeric),
        sqlite=lambda text: cast(func.length(text), SqlText),
        examples=(Example("len('客户')", 2), Example("len('')", None)),
    ),
    Function(
        name="find",
        doc=said(
            "The place of a part in a text, 1 for its beginning; null when it is not in it.",
            "某部分在文本中的位置，开头为 1；不包含时为空值。",
        ),
        parameters=(_TEXT, _PART),
        result=always(INTEGER),
        meaning=_find,
        postgresql=lambda text, part: cast(func.nullif(func.strpos(text, part), 0), Numeric),
        examples=(Example("find('mei@acme.example', '@')", 4), Example("find('a', 'b')", None)),
    ),
)
