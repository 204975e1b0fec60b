"""Expressions written to break things are refused quickly, or run harmlessly."""

from __future__ import annotations

import pytest
from sqlalchemy.dialects import postgresql

from engine.expressions.parse import ExpressionFault
from engine.expressions.sql import to_sql
from tests.expressions.world import DEALS, in_python, opened, sqlite, understood

HOSTILE = [
    ("name.__class__.__mro__[1].__subclasses__()", "E304"),
    ("''.__class__", "E326"),
    ("name.__class__", "E326"),
    ("me.__init__.__globals__", "E312"),
    ("__import__('os').system('ls')", "E304"),
    ("__builtins__", "E311"),
    ("open('/etc/passwd')", "E325"),
    ("contains.__globals__", "E313"),
    ("9**9**9", "E304"),
    ("9**3999999", "E304"),
    ("'a'*10**9", "E304"),
    ("'a'*1000000000", "E315"),
    ("[0]*1000000000", "E322"),
    ("'{0.__class__}'.format(1)", "E304"),
    ("f'{1:1000000000}'", "E304"),
    ("1 << 1000000", "E304"),
    ("(lambda: 1)()", "E304"),
    ("[x for x in 'aaaa']", "E304"),
    ("(name := 'x')", "E304"),
    ("*name", "E301"),
    ("name; amount", "E301"),
    ("import os", "E301"),
    ("await name", "E304"),
    ("yield", "E301"),
    ("a\x00b", "E304"),
    ("'\ud800' == name", "E301"),
    ("9" * 400, "E323"),
    ("9" * 1999 + " > 1", "E305"),
    ("0." + "0" * 400 + "1 > 1", "E323"),
    (" * ".join(["count"] * 16), "E323"),
    ("-" * 60_000 + "1", "E305"),
    ("-" * 1_999 + "1", "E306"),
    ("not " * 400 + "true", "E306"),
    ("(" * 900 + "1" + ")" * 900, "E306"),
    ("name" + ".a" * 900, "E306"),
    ("abs(" * 300 + "1" + ")" * 300, "E306"),
    ("[" * 90 + "1" + "]" * 90, "E306"),
    ("+".join(["1"] * 300), "E306"),
    ("true and " * 220 + "(1 if true else (1 < 2))", "E305"),
    ("a or " * 390 + "a", "E306"),
]


@pytest.mark.parametrize(("text", "code"), HOSTILE)
def test_a_hostile_expression_is_refused_before_it_costs_anything(text: str, code: str) -> None:
    with pytest.raises(ExpressionFault) as caught:
        understood(text)
    assert caught.value.code == code


NESTED = [
    ("count" + " / 3" * 14 + " > 0", {"count": 5}, True),
    ("close_date" + " + 1" * 14 + " > today()", {}, False),
    ("lower(" * 14 + "name" + ")" * 14 + " == 'a'", {"name": "A"}, True),
    ("max(amount, " * 14 + "1" + ")" * 14 + " > 0", {}, True),
    ("(1 if active else " * 14 + "2" + ")" * 14 + " > 1", {}, True),
    ("(" * 15 + "true" + " if active else false)" * 15, {"active": True}, True),
    ("coalesce(name, " * 14 + "'x'" + ")" * 14 + " == 'x'", {}, True),
    ("5 - (" * 14 + "amount" + ")" * 14 + " == 0", {}, False),
    ("1 < (1 if " * 7 + "active" + " else 2)" * 7, {}, True),
    ("round(amount / " * 7 + "3" + ", 2)" * 7 + " > 0", {}, False),
    ("ends_with(name, 'a' if " * 7 + "active" + " else 'b')" * 7, {"name": "a", "active": True}, True),
]


@pytest.mark.parametrize(("text", "row", "answer"), NESTED)
def test_a_deep_expression_stays_small_as_sql(text: str, row: dict[str, object], answer: bool) -> None:
    expression = understood(text)
    written = str(to_sql(expression, lambda path: DEALS.c[path[0]], "postgresql").compile(dialect=postgresql.dialect()))
    with opened(sqlite()) as deals:
        deals.fill([row])
        answers = [in_python(expression, row), *deals.answers(expression)]
    assert (answers, len(written) < 400 * len(text)) == ([answer, answer], True)


def test_huge_numbers_stay_exact() -> None:
    product = " * ".join(["count"] * 7)
    assert in_python(understood(f"{product} / 7 > 1"), {"count": 2**63 - 1}) is True
