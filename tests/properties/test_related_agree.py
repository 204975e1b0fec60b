"""What an expression reads around a record (behind links, among line items, of other entities) is one answer in Python,
on SQLite and on PostgreSQL, and the same again when the values of one record are put into a statement."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from engine.expressions.evaluate import evaluate
from engine.expressions.parse import ExpressionFault
from engine.expressions.types import Kind
from tests.expressions.neighbours import NEIGHBOURS, Reader
from tests.expressions.world import (
    ENTITIES,
    MOMENT,
    Sql,
    in_python,
    opened,
    postgresql,
    same,
    sqlite,
    understood,
)

EXAMPLES = 10_000 if os.environ.get("CRM_PROVE") else 100
SHOWN = {
    "deal": ("amount", "rate", "count", "name", "note", "stage", "active", "close_date", "owner", "account"),
    **{entity: tuple(fields) for entity, fields in NEIGHBOURS.items()},
}
TEXTS = st.sampled_from(["", "a", "A", "客户", "won", "draft", "ß", "😀"])
IDS = st.sampled_from([1, 2, 3, 7])


def _value(entity: str, name: str) -> st.SearchStrategy[Any]:
    type = ENTITIES[entity][name]
    by_kind: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.NUMBER: st.integers(-300, 300).map(
            lambda whole: Decimal(whole).scaleb(-type.scale) if type.scale else whole
        ),
        Kind.TEXT: TEXTS,
        Kind.CHOICE: st.sampled_from(type.keys or ("",)),
        Kind.BOOLEAN: st.booleans(),
        Kind.DATE: st.dates(date(2024, 2, 27), date(2024, 3, 2)),
        Kind.RECORD: st.integers(0, 3) if type.entity == "deal" else IDS,
    }
    return by_kind[type.kind]


def _rows(entity: str, most: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    row = st.fixed_dictionaries({}, optional={name: _value(entity, name) for name in SHOWN[entity]})
    first = 0 if entity == "deal" else 1
    return st.lists(row, max_size=most).map(lambda rows: [{"id": first + n, **each} for n, each in enumerate(rows)])


AROUND = st.fixed_dictionaries(
    {
        "deal": _rows("deal", 4),
        "account": _rows("account", 3),
        "line": _rows("line", 6),
        "contract": _rows("contract", 4),
    }
)


def _names(entity: str, kind: Kind, prefix: str = "") -> list[str]:
    return [prefix + name for name in SHOWN[entity] if ENTITIES[entity][name].kind is kind]


def _leaves(entity: str, outer: str | None) -> Mapping[str, list[str]]:
    """What may be written about a row of an entity, by kind, within a condition of a row of `outer`."""
    found: dict[str, list[str]] = {}
    for kind in (Kind.NUMBER, Kind.TEXT, Kind.BOOLEAN, Kind.DATE, Kind.CHOICE):
        found[kind.value] = _names(entity, kind) * 2 + (_names(outer, kind, "record.") if outer else [])
    linked = [name for name in SHOWN[entity] if ENTITIES[entity][name].entity == "account"]
    found["number"] += [f"{name}.rating" for name in linked] + [f"{name}.parent.rating" for name in linked]
    found["text"] += [f"{name}.name" for name in linked]
    found["user"] = [n for n in SHOWN[entity] if ENTITIES[entity][n].entity == "user"]
    found["user"] += [f"{name}.owner" for name in linked] + ["me"]
    found["account"] = [*linked, *(f"{name}.parent" for name in linked)]
    if outer:
        found["account"] += [f"record.{n}" for n in SHOWN[outer] if ENTITIES[outer][n].entity == "account"]
    return found


FORMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "condition": (
            "({condition} and {condition})",
            "({condition} or {condition})",
            "(not {condition})",
            "{boolean}",
            "({number} {same} {number})",
            "({number} {order} {sum})",
            "({text} {same} {text})",
            "({date} {order} {date})",
            "({date} {same} {date})",
            "({user} {same} {user})",
            "({account} {same} {account})",
            "({account} {same} null)",
            "is_empty({text})",
            "({text} in ['a', '', '客户'])",
            "({number} in [1, 0.5, null])",
            "contains({text}, {text})",
            "({around})",
        ),
        "sum": (
            "{number}",
            "1.5",
            "({number} + {number})",
            "({number} / {number})",
            "(-{number})",
            "coalesce({number}, 2)",
        ),
        "same": ("==", "!="),
        "order": ("<", "<=", ">", ">="),
        "few": ("0", "1", "2", "1.5", "-1", "100000000000"),
    }
)
AMONG: Mapping[str, tuple[tuple[str, str], ...]] = {
    "deal": (
        ("lines", "line"),
        ("account.contracts", "contract"),
        ("account.parent.deals", "deal"),
        ("contract", "contract"),
        ("deal", "deal"),
    ),
    "line": (("contract", "contract"), ("account.contracts", "contract"), ("deal.lines", "line")),
    "contract": (("account.deals", "deal"), ("line", "line")),
}
JOINED = {"contract": "account == record.account and ", "deal": "id != record.id and ", "line": ""}
SLOT = re.compile(r"{([a-z]+)}")
Draw = Callable[[Any], Any]


def _grown(draw: Draw, slot: str, entity: str, outer: str | None, depth: int) -> str:
    if slot == "around":
        return _around(draw, entity, outer, depth)
    leaves = _leaves(entity, outer).get(slot)
    if leaves is not None:
        return str(draw(st.sampled_from(leaves))) if leaves else {"boolean": "true"}.get(slot, "null")
    forms = FORMS[slot]
    if slot == "condition" and depth <= 0:
        forms = tuple(form for form in forms if "{condition}" not in form and "{around}" not in form)
    return SLOT.sub(lambda inner: _grown(draw, inner[1], entity, outer, depth - 1), draw(st.sampled_from(forms)))


def _around(draw: Draw, entity: str, outer: str | None, depth: int) -> str:
    if outer is not None and entity == "deal":
        return "exists(lines)"
    among, inner = draw(st.sampled_from(AMONG[entity]))
    join = JOINED[inner] if among == inner and entity != "contract" and draw(st.booleans()) else ""
    where = join + _grown(draw, "condition", inner, entity, min(depth - 1, 2))
    counted = f"count({among}, {where})"
    few, order, same_ = (_grown(draw, slot, entity, outer, 0) for slot in ("few", "order", "same"))
    number = _grown(draw, "number", entity, outer, 0)
    forms = (
        f"exists({among}, {where})",
        f"{counted} {order} {few}",
        f"{few} {same_} {counted}",
        f"{counted} * 2 {order} {number}",
    )
    return str(draw(st.sampled_from(forms)))


@st.composite
def conditions(draw: Draw) -> str:
    if draw(st.booleans()):
        return _around(draw, "deal", None, 3)
    return _grown(draw, "condition", "deal", None, 3)


@pytest.fixture(scope="module", params=[sqlite, postgresql], ids=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Sql]:
    with opened(request.param()) as deals:
        yield deals


@settings(
    max_examples=EXAMPLES,
    deadline=timedelta(seconds=20),
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(conditions(), AROUND)
def test_what_is_around_a_record_is_one_answer(
    database: Sql, text: str, around: dict[str, list[dict[str, Any]]]
) -> None:
    try:
        expression = understood(text)
    except ExpressionFault as fault:
        assume(fault.code not in ("E306", "E344", "E340", "E305", "E327"))
        raise
    database.fill(around["deal"], around)
    for row, answer in zip(around["deal"], database.answers(expression), strict=True):
        expected = in_python(expression, row, around=around)
        alone = evaluate(expression, Reader(around, ENTITIES, "deal", row), MOMENT, database.counting())
        assert same(Kind.BOOLEAN, expected, answer), f"{text} on {row}: Python {expected!r}, SQL {answer!r}"
        assert expected == alone, f"{text} on {row}: Python {expected!r}, with its values bound {alone!r}"
