"""One language, one meaning: an expression gives the same answer in Python, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st
from sqlalchemy import create_engine, make_url

from engine.expressions.parse import ExpressionFault
from engine.expressions.types import TEXT, Kind
from tests.expressions.world import FIELDS, STAGES, Sql, in_python, opened, same, sqlite, understood

EXAMPLES = 20_000 if os.environ.get("CRM_PROVE") else 300
POSTGRES = os.environ.get("CRM_TEST_POSTGRES_URL")
LARGEST = 2**63 - 1

ALPHABET = "aAbBzZ 0%_中文客户éÉßİıΣσς😀👍'\t\u0301"
TEXTS = st.text(st.sampled_from(ALPHABET), max_size=5) | st.sampled_from(STAGES)
LITERAL_TEXTS = TEXTS.filter(lambda text: "'" not in text)
DATES = st.dates() | st.sampled_from([date(2024, 2, 29), date(2023, 2, 28), date.min, date.max])
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))
WHOLES = st.integers(-5, 5) | st.integers(-LARGEST, LARGEST) | st.sampled_from([LARGEST, -LARGEST, 0, 125, -125])
NUMERALS = st.sampled_from(["0", "1", "2", "3", "0.1", "0.5", "0.05", "2.5", "0.005", "7", "1000", "0.000000001"]) | (
    st.decimals(0, 10**20, allow_nan=False, places=3).map(lambda value: format(value, "f"))
)
WORDS = st.lists(LITERAL_TEXTS.filter(lambda text: text.strip("\t")), min_size=1, max_size=3).map(
    lambda texts: tuple(text.replace("\t", "") for text in texts)
)


def _values(name: str) -> st.SearchStrategy[Any]:
    type = FIELDS[name]
    if type.kind is Kind.NUMBER and type.scale:
        scale = type.scale
        return WHOLES.map(lambda stored: Decimal(stored).scaleb(-scale))
    if type.kind is Kind.CHOICE:
        return st.sampled_from(type.keys)
    by_kind: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.NUMBER: WHOLES,
        Kind.TEXT: TEXTS,
        Kind.BOOLEAN: st.booleans(),
        Kind.DATE: DATES,
        Kind.DATETIME: MOMENTS,
        Kind.RECORD: st.sampled_from([1, 3, 5, 7]),
        Kind.LIST: WORDS if type.item == TEXT else st.just(("red",)),
        Kind.PARTS: WORDS,
    }
    return by_kind[type.kind]


ROW = st.fixed_dictionaries({}, optional={name: _values(name) for name in FIELDS})
ROWS = st.lists(ROW, min_size=3, max_size=6)

NAMES: dict[Kind, list[str]] = {
    kind: [name for name, type in FIELDS.items() if type.kind is kind and type.currency != "USD"] for kind in Kind
}
LEAVES: dict[str, st.SearchStrategy[str]] = {
    "number": st.sampled_from(NAMES[Kind.NUMBER]) | NUMERALS | NUMERALS.map(lambda text: f"-{text}"),
    "text": st.sampled_from(NAMES[Kind.TEXT]) | LITERAL_TEXTS.map(lambda text: f"'{text}'"),
    "boolean": st.sampled_from([*NAMES[Kind.BOOLEAN], "true", "False", "null"]),
    "date": st.sampled_from([*NAMES[Kind.DATE], "today()"]),
    "datetime": st.sampled_from([*NAMES[Kind.DATETIME], "now()"]),
    "record": st.sampled_from(["owner", "creator", "me"]),
    "numeral": NUMERALS,
    "literal": LITERAL_TEXTS.map(lambda text: f"'{text}'"),
    "same": st.sampled_from(["==", "!="]),
    "order": st.sampled_from(["<", "<=", ">", ">="]),
    "sign": st.sampled_from(["+", "-", "*", "/", "/"]),
    "in": st.sampled_from(["in", "not in"]),
    "places": st.integers(0, 12).map(str),
    "days": st.integers(-400, 400).map(str) | st.sampled_from(["count", "round(amount)", "len(name)", "5000000"]),
    "part": st.sampled_from(["year", "month", "day", "days_since"]),
    "most": st.sampled_from(["min", "max"]),
    "find": st.sampled_from(["contains", "starts_with", "ends_with"]),
    "list": st.sampled_from(["words", "hues"]),
    "cased": st.sampled_from(["lower", "upper"]),
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
        "({number} {sign} {number})",
        "({number} {sign} {number})",
        "(-{number})",
        "round({number}, {places})",
        "abs({number})",
        "{most}({number}, {number}, {numeral})",
        "len({text})",
        "{part}({date})",
        "({date} - {date})",
    ],
    "text": ["{cased}({text})", "coalesce(stage, name)", "(size if {boolean} else name)"],
    "date": ["({date} + {days})", "({date} - {days})", "(1 + {date})", "{most}({date}, {date})"],
    "datetime": ["{most}({datetime}, {datetime})"],
    "record": [],
}
for _kind in VALUES:
    FORMS[_kind] += [f"({{{_kind}}} if {{boolean}} else {{{_kind}}})", f"coalesce({{{_kind}}}, {{{_kind}}})"]
SLOT = re.compile(r"{([a-z]+)(\.leaf)?}")


def _grown(draw: Callable[[Any], Any], kind: str, depth: int) -> str:
    if kind not in FORMS or depth <= 0 or draw(st.integers(0, 5)) == 0:
        return str(draw(LEAVES[kind]))
    form = draw(st.sampled_from(FORMS[kind]))
    return SLOT.sub(lambda slot: _grown(draw, slot[1], 0 if slot[2] else depth - 1), form)


@st.composite
def expressions(draw: Callable[[Any], Any]) -> str:
    return _grown(draw, draw(st.sampled_from(["boolean", "boolean", "boolean", "number", *VALUES])), 4)


@pytest.fixture(scope="module")
def on_sqlite() -> Iterator[Sql]:
    with opened(sqlite()) as deals:
        yield deals


@pytest.fixture(scope="module")
def on_postgresql() -> Iterator[Sql]:
    if not POSTGRES:
        pytest.skip("CRM_TEST_POSTGRES_URL is not set, so nothing is compared with PostgreSQL")
    url = make_url(POSTGRES).set(drivername="postgresql+psycopg")
    with opened(create_engine(url)) as deals:
        yield deals


def _agree(text: str, rows: list[dict[str, Any]], deals: Sql) -> None:
    try:
        expression = understood(text)
    except ExpressionFault as fault:
        assume(fault.code != "E306")
        raise
    deals.fill(rows)
    for row, answer in zip(rows, deals.answers(expression), strict=True):
        expected = in_python(expression, row)
        assert same(expression.type.kind, expected, answer), f"{text} on {row}: Python {expected!r}, SQL {answer!r}"


_differential = settings(
    max_examples=EXAMPLES,
    deadline=timedelta(seconds=20),
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


@_differential
@given(expressions(), ROWS)
def test_sqlite_gives_the_answers_of_python(on_sqlite: Sql, text: str, rows: list[dict[str, Any]]) -> None:
    _agree(text, rows, on_sqlite)


@_differential
@given(expressions(), ROWS)
def test_postgresql_gives_the_answers_of_python(on_postgresql: Sql, text: str, rows: list[dict[str, Any]]) -> None:
    _agree(text, rows, on_postgresql)
