"""Expressions and rows by chance: well-typed, and full of what goes wrong between Python and databases."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from engine.expressions.moment import Moment, moment_at
from engine.expressions.spans import NEARBY
from engine.expressions.types import TEXT, Kind, Type
from engine.expressions.workspace_calendar import Calendar
from tests.expressions.world import FIELDS, STAGES

LARGEST = 2**63 - 1
DEPTH = 4
ALPHABET = "aAbBzZ 0%_中文客户éÉßİıΣσς😀👍'\t\u0301\u00a0\u3000-.@,/"
TEXTS = (
    *STAGES,
    *(
        "İSTANBUL",
        "straße",
        "STRASSE",
        "ıI",
        "ΟΔΟΣ",
        "客户名称",
        "  a b\t",
        "\u3000中\u00a0",
        "👍👍",
        "e\u0301",
        "a,b,,c",
    ),
    *("12", "-0.50", "007", " 3.14 ", "1e5", "１２", "99999999999999999999", "2024-02-29", "2023-02-29", "0000-01-01"),
    *("mei@acme.example", "INV-0042", "-", "--", "%", "_", "null", "0"),
)
DATES = (
    *(date.min, date(1, 1, 7), date(1582, 10, 15), date(1900, 2, 28), date(1999, 12, 31), date(2000, 2, 29)),
    *(date(2023, 2, 28), date(2024, 1, 31), date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 31)),
    *(date(2024, 12, 30), date(2024, 12, 31), date(2025, 1, 1), date(2026, 11, 1), date(9999, 12, 1), date.max),
)
MOMENTS = tuple(
    moment.replace(tzinfo=UTC)
    for moment in (
        *(datetime(2024, 2, 29, 10, 30), datetime(2024, 3, 31, 0, 59, 59, 999_999), datetime(2024, 3, 31, 1)),
        *(
            datetime(2024, 10, 27, 0, 30),
            datetime(2024, 10, 27, 1, 30),
            datetime(2018, 11, 4, 3),
            datetime(2019, 2, 17, 2),
        ),
        *(datetime(1986, 5, 3, 18), datetime(2011, 12, 30, 10), datetime(1900, 1, 1), datetime(2099, 12, 31, 23, 59)),
    )
)
ZONES = (
    *("UTC", "Europe/Berlin", "Asia/Shanghai", "America/Sao_Paulo", "America/New_York", "Asia/Kathmandu"),
    *("Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca", "Atlantic/Azores"),
)
NUMERALS = (
    "0",
    "1",
    "2",
    "3",
    "0.1",
    "0.5",
    "0.05",
    "2.5",
    "0.005",
    "7",
    "100",
    "1000",
    "0.000000001",
    "0.333333333333",
)
WHOLES = (LARGEST, -LARGEST, 0, 1, -1, 125, -125, 50, -50)
WHOLE_WORDS = ("count", "other_count", "round(amount)", "len(name)", "year(close_date)", "5000000", "-5000000")


def some_text(chance: Random) -> str:
    if chance.random() < 0.4:
        return chance.choice(TEXTS)
    return "".join(chance.choices(ALPHABET, k=chance.randint(0, 6)))


def some_whole(chance: Random) -> int:
    roll = chance.random()
    if roll < 0.4:
        return chance.randint(-5, 5)
    return (
        chance.choice(WHOLES)
        if roll < 0.7
        else chance.randint(-(10 ** chance.randint(1, 18)), 10 ** chance.randint(1, 18))
    )


def some_date(chance: Random) -> date:
    roll = chance.random()
    if roll < 0.4:
        return chance.choice(DATES)
    near = date(2024, 2, 29).toordinal()
    return date.fromordinal(near + chance.randint(-800, 800) if roll < 0.8 else chance.randint(1, date.max.toordinal()))


def some_moment(chance: Random) -> datetime:
    if chance.random() < 0.4:
        return chance.choice(MOMENTS) + timedelta(seconds=chance.choice((-1, 0, 0, 1, 3600, -3600)))
    seconds, micros = chance.randint(0, 200 * 366 * 86_400), chance.choice((0, 0, 1, 999_999, 500_000))
    return datetime(1900, 1, 2, tzinfo=UTC) + timedelta(seconds=seconds, microseconds=micros)


def some_words(chance: Random) -> tuple[str, ...]:
    found = (chance.choice(("new", "hot", "客户", "İ", "straße", "a b")) for _ in range(chance.randint(1, 3)))
    return tuple(dict.fromkeys(found))


def some_value(chance: Random, type: Type) -> Any:
    """A value as a record holds it; sometimes none."""
    if chance.random() < 0.2:
        return None
    if type.kind is Kind.NUMBER and type.scale:
        return Decimal(some_whole(chance)).scaleb(-type.scale)
    if type.kind is Kind.LIST:
        return some_words(chance) if type.item == TEXT else chance.choice((("red",), ("red", "blue")))
    by_kind: Mapping[Kind, Callable[[Random], Any]] = {
        Kind.NUMBER: some_whole,
        Kind.TEXT: some_text,
        Kind.CHOICE: lambda chance: chance.choice(type.keys),
        Kind.BOOLEAN: lambda chance: chance.random() < 0.5,
        Kind.DATE: some_date,
        Kind.DATETIME: some_moment,
        Kind.RECORD: lambda chance: chance.choice((1, 3, 5, 7)),
        Kind.PARTS: some_words,
    }
    return by_kind[type.kind](chance)


def some_row(chance: Random) -> dict[str, Any]:
    return {name: some_value(chance, type) for name, type in FIELDS.items()}


def some_time(chance: Random) -> Moment:
    """A moment of a workspace somewhere, mostly for somebody."""
    calendar = Calendar(
        chance.choice(ZONES), chance.choice((0, 5, 6)), chance.randint(1, 12), chance.choice((1, 1, 6, 28))
    )
    return moment_at(some_moment(chance), chance.choice((7, 7, None)), calendar)


SPANS = (*(f"{name}()" for name in NEARBY), "last_days(#)", "next_days(#)")
NAMES: dict[Kind, list[str]] = {
    kind: [name for name, type in FIELDS.items() if type.kind is kind and type.currency != "USD"] for kind in Kind
}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "").replace("\\", "") + "'"


def _numeral(chance: Random) -> str:
    if chance.random() < 0.8:
        return chance.choice(NUMERALS)
    return format(Decimal(chance.randint(0, 10**20)).scaleb(-chance.randint(0, 6)), "f")


def _signed(chance: Random) -> str:
    return chance.choice(("", "", "-")) + _numeral(chance)


def _whole(chance: Random) -> str:
    return chance.choice(WHOLE_WORDS) if chance.random() < 0.3 else str(chance.randint(-40, 40))


def _among(*words: str) -> Callable[[Random], str]:
    return lambda chance: chance.choice(words)


def _named_or(kind: Kind, other: Callable[[Random], str]) -> Callable[[Random], str]:
    return lambda chance: chance.choice(NAMES[kind]) if chance.random() < 0.7 else other(chance)


LEAVES: Mapping[str, Callable[[Random], str]] = {
    "number": _named_or(Kind.NUMBER, _signed),
    "text": _named_or(Kind.TEXT, lambda chance: _quoted(some_text(chance))),
    "boolean": _among(*NAMES[Kind.BOOLEAN], "true", "False", "null"),
    "date": _named_or(Kind.DATE, _among("today()", "date(2024, 2, 29)", "date(1, 1, 1)", "date(9999, 12, 31)")),
    "datetime": _named_or(Kind.DATETIME, _among("now()")),
    "record": _among("owner", "creator", "me"),
    "whole": _whole,
    "numeral": _numeral,
    "literal": lambda chance: _quoted(some_text(chance)),
    "same": _among("==", "!="),
    "order": _among("<", "<=", ">", ">="),
    "sign": _among("+", "-", "*", "/", "/"),
    "in": _among("in", "not in"),
    "places": lambda chance: str(chance.randint(0, 12)),
    "small": lambda chance: str(chance.randint(0, 3)),
    "part": _among("year", "month", "day", "days_since", "weekday", "week", "quarter", "years_since"),
    "edge": _among(
        *(f"{side}_of_{period}" for side in ("start", "end") for period in ("week", "month", "quarter", "year"))
    ),
    "move": _among("add_days", "add_months", "add_years", "add_working_days"),
    "distance": _among("days_between", "months_between", "years_between", "working_days_between"),
    "most": _among("min", "max"),
    "find": _among("contains", "starts_with", "ends_with"),
    "list": _among("words", "hues"),
    "reshaped": _among("lower", "upper", "trim"),
    "whole_of": _among("round", "floor", "ceil"),
    "end": _among("left", "right"),
    "span": lambda chance: chance.choice(SPANS).replace("#", str(chance.choice((0, 1, 7, 30, 365, 3660)))),
}
CONDITIONS = (
    "({boolean} and {boolean})",
    "({boolean} or {boolean} or {boolean})",
    "(not {boolean})",
    "(stage {same} 'won')",
    "(stage {in} ['won', 'lost', ''])",
    "(team {in} me.teams)",
    "({text} {in} words)",
    "({text.leaf} {in} words)",
    "('red' {in} hues)",
    "(home {same} null)",
    "is_empty(home)",
    "({list} {same} null)",
    "is_empty({list})",
    "(count({list}) {order} 1)",
    "(stage {same} name)",
    "(size {same} stage)",
    "{find}(stage, {text})",
    "({text} {in} [{literal}, {literal}])",
    "({date} {in} [null])",
    "({number} {in} (1, {numeral}, -2))",
    "(amount {in} [{numeral}, null])",
    "({number} {order} {numeral} {same} {number})",
    "({date} {order} {date} {order} {date})",
    "({number.leaf} {sign} {number.leaf} {order} {number.leaf})",
    "({number.leaf} {sign} {number.leaf} {sign} {number.leaf} {same} {numeral})",
    "(amount - amount * rate / 100 {order} {numeral})",
    "({date} {in} {span})",
    "({date.leaf} {in} {span})",
    "({datetime} {in} {span})",
    "({datetime.leaf} {in} {span})",
    "{find}({text}, {text})",
)
PAIRS = ("({%} {same} {%})", "({%.leaf} {same} {%.leaf})", "({%} {same} null)", "is_empty({%})")
ORDERED = ("({%} {order} {%})", "({%.leaf} {order} {%.leaf})", "({%.leaf} {order} {%.leaf})", "({%} {order} null)")
ORDERED_KINDS = ("number", "text", "date", "datetime")
VALUES = (*ORDERED_KINDS, "boolean", "record")
FORMS: dict[str, list[str]] = {
    "boolean": [
        *CONDITIONS,
        *(form.replace("%", kind) for kind in VALUES for form in PAIRS),
        *(form.replace("%", kind) for kind in ORDERED_KINDS for form in ORDERED),
    ],
    "number": [
        *("({number} {sign} {number})", "({number} {sign} {number})", "(-{number})", "round({number}, {places})"),
        *("abs({number})", "{most}({number}, {number}, {numeral})", "mod({number}, {number})", "{whole_of}({number})"),
        *("power({number}, {small})", "percent_of({number}, {number})", "to_number({text})", "len({text})"),
        *("find({text}, {text})", "{part}({date})", "({date} - {date})", "{distance}({date}, {date})"),
        *("hour({datetime})", "hours_between({datetime}, {datetime})", "hours_since({datetime})", "count({list})"),
    ],
    "whole": ["{whole_of}({number})", "{part}({date})", "len({text})", "hour({datetime})", "(-{whole})"],
    "text": [
        *("{reshaped}({text})", "{reshaped}({text})", "coalesce(stage, name)", "(size if {boolean} else name)"),
        *("concat({text}, {text})", "concat({text}, {literal}, {text})", "{end}({text}, {whole})"),
        *("mid({text}, {whole}, {whole})", "replace({text}, {text}, {text})", "split_part({text}, {text}, {whole})"),
        *("pad({text}, {places}, {text})", "pad({text}, {places})", "to_text({number})", "to_text({number}, {places})"),
        "date_text({date})",
    ],
    "date": [
        *("({date} + {whole})", "({date} - {whole})", "({whole} + {date})", "{most}({date}, {date})"),
        *("{move}({date}, {whole})", "{move}({date}, {whole})", "{edge}({date})", "{edge}({date})"),
        *("date({whole}, {whole}, {whole})", "date(year({date}), month({date}), {whole})", "date_of({datetime})"),
        "to_date({text})",
    ],
    "datetime": ["{most}({datetime}, {datetime})", "add_hours({datetime}, {whole})"],
    "record": [],
}
for _kind in VALUES:
    FORMS[_kind] += [f"({{{_kind}}} if {{boolean}} else {{{_kind}}})", f"coalesce({{{_kind}}}, {{{_kind}}})"]
SLOT = re.compile(r"{([a-z_]+)(\.leaf)?}")
ROOTS = ("boolean", "boolean", "boolean", "number", *VALUES)


def some_expression(chance: Random) -> str:
    return _grown(chance, chance.choice(ROOTS), chance.randint(1, DEPTH))


def _grown(chance: Random, kind: str, depth: int) -> str:
    if kind in VALUES and chance.random() < 0.02:
        return "null"
    if not FORMS.get(kind) or depth <= 0 or chance.random() < 0.15:
        return LEAVES[kind](chance)
    form = chance.choice(FORMS[kind])
    return SLOT.sub(lambda slot: _grown(chance, slot[1], 0 if slot[2] else depth - 1), form)
