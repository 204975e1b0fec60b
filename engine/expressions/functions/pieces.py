"""Putting texts together and taking them apart. A result without characters is no value."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Text as SqlText, func, literal

from engine.expressions.days import held
from engine.expressions.elements import Given
from engine.expressions.function import Element, Example, Function, Parameter, always, said
from engine.expressions.types import TEXT, Kind

Number = int | Decimal
LONGEST = 100_000
"""Most characters that replacing may make of a text."""
WIDEST = 100
BLANKS = " \t\r\n\u00a0\u3000"
_ENDLESS = 1_000_000_000
_TEXT = Parameter("text", (Kind.TEXT, Kind.CHOICE))
_COUNT = Parameter("count", (Kind.NUMBER,), whole=True)


def _part(name: str, optional: bool = False) -> Parameter:
    return Parameter(name, (Kind.TEXT, Kind.CHOICE), optional=optional)


def _concat(*texts: str | None) -> str | None:
    return "".join(text for text in texts if text is not None) or None


def _left(text: str | None, count: Number | None) -> str | None:
    return None if text is None or count is None else text[: max(held(count, _ENDLESS), 0)] or None


def _right(text: str | None, count: Number | None) -> str | None:
    if text is None or count is None or count <= 0:
        return None
    return text[-held(count, _ENDLESS) :]


def _mid(text: str | None, start: Number | None, count: Number | None) -> str | None:
    if text is None or start is None or count is None or start < 1:
        return None
    first = held(start, _ENDLESS) - 1
    return text[first : first + max(held(count, _ENDLESS), 0)] or None


def _trim(text: str | None) -> str | None:
    return None if text is None else text.strip(BLANKS) or None


def _replace(text: str | None, part: str | None, new: str | None) -> str | None:
    if text is None or part is None:
        return text
    grown = len(new or "") - len(part)
    if grown > 0 and len(text) + text.count(part) * grown > LONGEST:
        return None
    return text.replace(part, new or "") or None


def _split_part(text: str | None, separator: str | None, number: Number | None) -> str | None:
    if text is None or separator is None or number is None:
        return None
    parts, place = text.split(separator), held(number, _ENDLESS)
    if place == 0 or abs(place) > len(parts):
        return None
    return parts[place - 1 if place > 0 else place] or None


def _pad(text: str | None, width: Number | None, fill: str | None = "0") -> str | None:
    if text is None or fill is None or width is None or len(text) >= width:
        return text
    missing = int(width) - len(text)
    return (fill[:missing] * missing)[:missing] + text


def _held(number: str, least: int = 0) -> str:
    return f"CAST(least(greatest({number}, {least}), {_ENDLESS}) AS INTEGER)"


def _given(formula: str, *operands: Element) -> Element:
    return Given(f"nullif({formula}, '')", SqlText(), *operands)


_REPLACE = (
    "CASE WHEN b IS NULL THEN a"
    " WHEN coalesce(length(c), 0) <= length(b) OR length(a) + CAST(length(a) - length(replace(a, b, '')) AS BIGINT)"
    f" / length(b) * (length(c) - length(b)) <= {LONGEST}"
    " THEN replace(a, b, coalesce(c, '')) END"
)
_PAD = "CASE WHEN length(a) >= b OR c IS NULL THEN a ELSE lpad(a, CAST(b AS INTEGER), c) END"


def _pad_sql(text: Element, width: Element, fill: Element | None = None) -> Element:
    return _given(_PAD, text, width, literal("0", SqlText()) if fill is None else fill)


FUNCTIONS = (
    Function(
        name="concat",
        doc=said(
            "Several texts as one; empty ones are left out. A number is made a text with to_text().",
            "把多段文本连成一段，空文本略去。数字请先用 to_text() 转换为文本。",
        ),
        parameters=(_part("text"), _part("text")),
        result=always(TEXT),
        meaning=_concat,
        postgresql=lambda *texts: func.nullif(func.concat(*texts), "", type_=SqlText()),
        variadic=True,
        examples=(Example("concat('Mei', ' ', 'Lin')", "Mei Lin"), Example("concat(null, 'a')", "a")),
    ),
    Function(
        name="left",
        doc=said("The first characters of a text.", "文本开头的若干个字符。"),
        parameters=(_TEXT, _COUNT),
        result=always(TEXT),
        meaning=_left,
        postgresql=lambda text, count: _given(f"left(a, {_held('b')})", text, count),
        examples=(Example("left('客户名称', 2)", "客户"), Example("left('abc', 0)", None)),
    ),
    Function(
        name="right",
        doc=said("The last characters of a text.", "文本结尾的若干个字符。"),
        parameters=(_TEXT, _COUNT),
        result=always(TEXT),
        meaning=_right,
        postgresql=lambda text, count: _given(f"right(a, {_held('b')})", text, count),
        examples=(Example("right('INV-0042', 4)", "0042"),),
    ),
    Function(
        name="mid",
        doc=said(
            "Characters from the middle of a text; the first one has the place 1.",
            "从文本中间取若干个字符；第一个字符的位置是 1。",
        ),
        parameters=(_TEXT, Parameter("start", (Kind.NUMBER,), whole=True), _COUNT),
        result=always(TEXT),
        meaning=_mid,
        postgresql=lambda text, start, count: _given(
            f"CASE WHEN b >= 1 THEN substr(a, {_held('b', 1)}, {_held('c')}) END", text, start, count
        ),
        examples=(Example("mid('INV-0042', 5, 2)", "00"), Example("mid('abc', 9, 1)", None)),
    ),
    Function(
        name="trim",
        doc=said(
            "A text without spaces, tabs and line breaks at its ends, also without the wide spaces of Chinese.",
            "去掉两端空格、制表符、换行和全角空格后的文本。",
        ),
        parameters=(_TEXT,),
        result=always(TEXT),
        meaning=_trim,
        postgresql=lambda text: func.nullif(func.btrim(text, literal(BLANKS, SqlText())), "", type_=SqlText()),
        examples=(Example("trim('  a b ')", "a b"), Example("trim(' ')", None)),
    ),
    Function(
        name="replace",
        doc=said(
            "A text in which every place that holds a part has another text instead; an empty one takes the part away. "
            f"Null when more than {LONGEST:,} characters would come of it.",
            f"把文本中的某部分全部替换为另一文本；替换为空文本即删除。结果超过 {LONGEST:,} 个字符时为空值。",
        ),
        parameters=(_TEXT, _part("part"), _part("replacement")),
        result=always(TEXT),
        meaning=_replace,
        postgresql=lambda text, part, new: _given(_REPLACE, text, part, new),
        examples=(Example("replace('a-b-c', '-', '')", "abc"), Example("replace('甲乙', '乙', '丙')", "甲丙")),
    ),
    Function(
        name="split_part",
        doc=said(
            "One of the parts of a text that stand between separators; a negative number counts from the end.",
            "按分隔符拆分文本后的某一部分；负数从末尾数起。",
        ),
        parameters=(_TEXT, _part("separator"), Parameter("number", (Kind.NUMBER,), whole=True)),
        result=always(TEXT),
        meaning=_split_part,
        postgresql=lambda text, separator, number: _given(
            f"CASE WHEN c <> 0 THEN split_part(a, b, {_held('c', -_ENDLESS)}) END", text, separator, number
        ),
        examples=(
            Example("split_part('mei@acme.example', '@', -1)", "acme.example"),
            Example("split_part('a', '/', 2)", None),
        ),
    ),
    Function(
        name="pad",
        doc=said(
            "A text made as wide as wanted with characters before it, zeros when none are named.",
            "在文本前补字符直到指定宽度；不写时补零。",
        ),
        parameters=(_TEXT, Parameter("width", (Kind.NUMBER,), literal_up_to=WIDEST), _part("fill", optional=True)),
        result=always(TEXT),
        meaning=_pad,
        postgresql=_pad_sql,
        examples=(Example("pad(to_text(42), 5)", "00042"), Example("pad('a', 3, '.')", "..a")),
    ),
)
