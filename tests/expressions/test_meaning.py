"""What expressions mean: the same table of cases in Python, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.expressions.functions import FUNCTIONS
from engine.expressions.parse import UNKNOWN, constant
from engine.expressions.types import BOOLEAN, DATE, Type
from tests.expressions.world import Sql, in_python, opened, postgresql, same, sqlite, understood

CASES: list[tuple[str, dict[str, Any], Any]] = [
    ("amount > 100", {"amount": Decimal("100.01")}, True),
    ("amount > 100", {}, False),
    ("not (amount > 100)", {}, True),
    ("amount <= 100.005", {"amount": Decimal("100.00")}, True),
    ("amount >= 100.005", {"amount": Decimal("100.00")}, False),
    ("amount == 100.005", {"amount": Decimal("100.01")}, False),
    ("amount != 100.005", {"amount": Decimal("100.01")}, True),
    ("amount < 100000000000000000000", {"amount": Decimal("1.00")}, True),
    ("amount > -100000000000000000000", {}, False),
    ("amount == rate", {"amount": Decimal("1.50"), "rate": Decimal("1.5000")}, True),
    ("amount < fine", {"amount": Decimal("-1.50"), "fine": Decimal("-1.499999999")}, True),
    ("fine <= amount", {"amount": Decimal("-1.50"), "fine": Decimal("-1.500000001")}, True),
    ("amount == rate", {}, True),
    ("amount != rate", {"amount": Decimal("0.00")}, True),
    ("0.1 + 0.2 == 0.3", {}, True),
    ("amount + cost", {"amount": Decimal("0.10"), "cost": Decimal("0.20")}, Decimal("0.30")),
    ("amount + cost", {"amount": Decimal("0.10")}, None),
    ("count / 3", {"count": 1}, Decimal("0.333333333333")),
    ("count / 3", {"count": -2}, Decimal("-0.666666666667")),
    ("count / 2000000000000", {"count": 1}, Decimal("0.000000000001")),
    ("count / 2000000000000", {"count": -1}, Decimal("-0.000000000001")),
    ("count / 0", {"count": 1}, None),
    ("count * count * count", {"count": 2**63 - 1}, Decimal((2**63 - 1) ** 3)),
    ("fine * 1", {"fine": Decimal("9223372036.854775807")}, Decimal("9223372036.854775807")),
    ("-amount", {"amount": Decimal("1.50")}, Decimal("-1.50")),
    ("name == ''", {}, True),
    ("name == ''", {"name": ""}, True),
    ("name == null", {"name": ""}, True),
    ("name != 'a'", {}, True),
    ("name < 'b'", {"name": "B"}, True),
    ("name < 'b'", {"name": ""}, False),
    ("name < '中'", {"name": "z"}, True),
    ("name > '\uffff'", {"name": "😀"}, True),
    ("stage in ['won', 'lost']", {"stage": "won"}, True),
    ("stage not in ['won', 'lost']", {}, True),
    ("stage in ['won', null]", {}, True),
    ("amount in [1, 2.5, 2.555]", {"amount": Decimal("2.50")}, True),
    ("amount + 0 in [1, 2.50]", {"amount": Decimal("2.50")}, True),
    ("active", {}, False),
    ("active == null", {}, True),
    ("not active", {}, True),
    ("active and urgent or not active", {"urgent": True}, True),
    ("(active and urgent) == null", {}, False),
    ("is_empty(name not in ['a'])", {}, False),
    ("(not active) == (not urgent)", {"urgent": True}, False),
    ("1 < count <= 3", {"count": 3}, True),
    ("1 < count < 3", {"count": 3}, False),
    ("count > null", {"count": 1}, False),
    ("owner == me", {"owner": 7}, True),
    ("owner != me", {}, True),
    ("team in me.teams", {"team": 5}, True),
    ("team not in me.teams", {}, True),
    ("'new' in words", {"words": ("hot", "new")}, True),
    ("'ne' in words or 'w\",\"h' in words", {"words": ("new", "hot")}, False),
    ("'New' in words", {"words": ("new",)}, False),
    ("name in words", {"words": ("客户",), "name": "客户"}, True),
    ("name in words", {"words": ("客户",)}, False),
    ("'new' not in words", {}, True),
    ("is_empty(words) and hues == null and count(hues) == 0", {}, True),
    ("is_empty(words)", {"words": ("new",)}, False),
    ("null != words", {"words": ("new",)}, True),
    ("count(words)", {"words": ("new", "hot")}, 2),
    ("count(words) * 2 + count(hues)", {"words": ("new",), "hues": ("red",)}, 3),
    ("'red' in hues and 'blue' not in hues", {"hues": ("red",)}, True),
    ("is_empty(home) or home == null", {}, True),
    ("home != null", {"home": ("a", "b")}, True),
    ("close_date < today()", {"close_date": date(2024, 2, 28)}, True),
    ("close_date + 1", {"close_date": date(2024, 2, 28)}, date(2024, 2, 29)),
    ("close_date - 60", {"close_date": date(2024, 3, 1)}, date(2024, 1, 1)),
    ("close_date + 1", {"close_date": date.max}, None),
    ("close_date - 1", {"close_date": date.min}, None),
    ("close_date + count", {"close_date": date.min, "count": 2**63 - 1}, None),
    ("close_date - start_date", {"close_date": date(2024, 3, 1), "start_date": date(2024, 2, 1)}, 29),
    ("'big' if amount > 10 else 'small'", {}, "small"),
    ("null if active else 1", {}, 1),
    ("lower(name) == 'i\u0307ß'", {"name": "İß"}, True),
    ("upper(name)", {"name": "ßé中"}, "SSÉ中"),
    ("lower(name)", {"name": "ΟΔΟΣ"}, "οδος"),
    ("len(name)", {"name": "a😀中"}, 3),
    ("contains(name, 'B')", {"name": "abc"}, False),
    ("ends_with(name, 'c')", {"name": "abc"}, True),
    ("round(amount, 1)", {"amount": Decimal("-0.25")}, Decimal("-0.3")),
    ("max(amount, cost, 0)", {"amount": Decimal("-1.00")}, 0),
    ("coalesce(name, note, 'x')", {"name": "", "note": "n"}, "n"),
    ("today() - close_date", {"close_date": date(2024, 2, 27)}, 2),
    ("null - close_date", {"close_date": date(2024, 2, 27)}, None),
    ("days_since(close_date)", {"close_date": date(2024, 3, 1)}, -1),
]


@pytest.fixture(scope="module")
def on_sqlite() -> Iterator[Sql]:
    with opened(sqlite()) as deals:
        yield deals


@pytest.fixture(scope="module")
def on_postgresql() -> Iterator[Sql]:
    with opened(postgresql()) as deals:
        yield deals


@pytest.mark.parametrize(("text", "row", "answer"), CASES)
def test_an_expression_on_a_record_gives(text: str, row: dict[str, Any], answer: Any) -> None:
    found = in_python(understood(text), row)
    assert (found, isinstance(found, bool)) == (answer, isinstance(answer, bool))


@pytest.mark.parametrize(("text", "row", "answer"), CASES)
@pytest.mark.parametrize("database", ["on_sqlite", "on_postgresql"])
def test_an_expression_as_sql_gives(
    text: str, row: dict[str, Any], answer: Any, database: str, request: pytest.FixtureRequest
) -> None:
    deals: Sql = request.getfixturevalue(database)
    deals.fill([row])
    expression = understood(text)
    [found] = deals.answers(expression)
    assert same(expression.type.kind, found, answer), found


EXAMPLES = [(example.text, example.value) for function in FUNCTIONS.values() for example in function.examples]


@pytest.mark.parametrize(("text", "answer"), EXAMPLES)
@pytest.mark.parametrize("database", ["on_sqlite", "on_postgresql"])
def test_the_examples_of_the_helpers_are_true(
    text: str, answer: Any, database: str, request: pytest.FixtureRequest
) -> None:
    deals: Sql = request.getfixturevalue(database)
    deals.fill([{}])
    expression = understood(text)
    [found] = deals.answers(expression)
    assert [in_python(expression, {}), same(expression.type.kind, found, answer)] == [answer, True], found


def test_every_helper_is_described_in_both_languages_and_has_an_example() -> None:
    lacking = [
        name
        for name, function in FUNCTIONS.items()
        if function.doc.missing(("en", "zh-CN")) or not function.examples or name != function.name
    ]
    assert lacking == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("-2.50", Decimal("-2.50")),
        ("'a'", "a"),
        ("not true", UNKNOWN),
    ],
)
def test_a_literal_is_a_constant(text: str, value: Any) -> None:
    assert understood(text).constant == value


def test_a_constant_can_be_made_without_text() -> None:
    assert [constant(True).constant, in_python(constant(False), {}), constant(True).type] == [True, False, BOOLEAN]


def test_the_paths_an_expression_reads_are_known() -> None:
    names = understood("account.owner == me and amount > 0 and stage.probability > 50 and team in me.teams").names
    assert names == {("account", "owner"), ("me",), ("amount",), ("stage", "probability"), ("team",), ("me", "teams")}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("amount > 1 and owner == me", "pushable"),
        ("stage.probability > 50", "pushable"),
        ("team in me.teams or me.team.name == 'x'", "pushable"),
        ("account.name == 'x'", "join"),
    ],
)
def test_an_expression_says_whether_it_needs_a_join(text: str, verdict: str) -> None:
    assert understood(text).verdict == verdict


@pytest.mark.parametrize(("text", "expected"), [("null", DATE), ("today() + 3", DATE), ("true", None)])
def test_the_expected_type_is_kept(text: str, expected: Type | None) -> None:
    assert understood(text, expected).type == (expected or BOOLEAN)


def test_a_path_through_a_link_is_read_as_one() -> None:
    assert in_python(understood("account.owner == me"), {"account.owner": 7}) is True
