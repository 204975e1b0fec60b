"""The law that an expression has one meaning: batches of expressions over rows, in Python and on the databases."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from engine.expressions.moment import Moment
from engine.expressions.parse import Expression, ExpressionFault
from tests.expressions.world import Sql, in_python, opened, same, understood
from tests.properties.generation import some_expression, some_row, some_time

ROWS = 30
COLUMNS = 30
"""Expressions of one statement."""
TOO_LARGE = ("E305", "E306", "E323")


@dataclass(frozen=True)
class Difference:
    expression: str
    row: Mapping[str, Any]
    moment: Moment
    python: Any
    database: str
    answer: Any

    def __str__(self) -> str:
        return (
            f"{self.expression}\n  on {dict(self.row)}\n  at {self.moment}\n"
            f"  Python: {self.python!r}\n  {self.database}: {self.answer!r}"
        )


@contextmanager
def databases(*engines: Engine) -> Iterator[list[Sql]]:
    """The deals in each database; a session's time zone must not matter, so it is an odd one."""
    with ExitStack() as stack:
        opened_ones = [stack.enter_context(opened(engine)) for engine in engines]
        for deals in opened_ones:
            if deals.name == "postgresql":
                deals.connection.execute(text("SET LOCAL TimeZone = 'Asia/Kolkata'"))
                deals.connection.execute(text("SET LOCAL jit = off"))
        yield opened_ones


def differences(seed: int, count: int, found_in: Sequence[Sql]) -> list[Difference]:
    """What `count` expressions over 30 rows each answer otherwise than in Python."""
    chance, found = Random(seed), list[Difference]()
    while count > 0:
        expressions = [some_understood(chance) for _ in range(min(COLUMNS, count))]
        rows, moment = [some_row(chance) for _ in range(ROWS)], some_time(chance)
        found += compared(expressions, rows, moment, found_in)
        count -= len(expressions)
    return found


def some_understood(chance: Random) -> Expression:
    """A generated expression that is not too large and has a use for each literal null."""
    while True:
        written = some_expression(chance)
        try:
            return understood(written)
        except ExpressionFault as fault:
            if fault.code not in TOO_LARGE and "null" not in written:
                raise AssertionError(f"{fault.code}: {written}") from fault


def compared(
    expressions: Sequence[Expression], rows: Sequence[Mapping[str, Any]], moment: Moment, found_in: Sequence[Sql]
) -> list[Difference]:
    expected = [[in_python(expression, row, moment) for row in rows] for expression in expressions]
    found: list[Difference] = []
    for deals in found_in:
        deals.fill(rows)
        answers = answered(expressions, moment, deals)
        for expression, ours, theirs in zip(expressions, expected, answers, strict=True):
            for row, one, other in zip(rows, ours, theirs, strict=True):
                if same(expression.type.kind, one, other):
                    continue
                if shown := smallest(expression.text, row, moment, deals):
                    found.append(shown)
                    break
    return found


def answered(expressions: Sequence[Expression], moment: Moment, deals: Sql) -> Sequence[Sequence[Any]]:
    """All in one statement; when that fails, one by one, so that what fails is told."""
    try:
        return deals.answers_of(expressions, moment)
    except DBAPIError:
        return [_alone(expression, moment, deals) for expression in expressions]


def _alone(expression: Expression, moment: Moment, deals: Sql) -> Sequence[Any]:
    try:
        return deals.answers(expression, moment)
    except DBAPIError as error:
        return [error.orig] * ROWS


def smallest(written: str, row: Mapping[str, Any], moment: Moment, deals: Sql) -> Difference | None:
    """The difference in the shortest part of an expression that shows it, on the fields it reads; None when it is
    another row that makes the statement fail."""
    nodes = [node for node in ast.walk(ast.parse(written.strip(), mode="eval")) if isinstance(node, ast.expr)]
    parts = {ast.get_source_segment(written.strip(), node) or written for node in nodes}
    deals.fill([row])
    for part in (*sorted(parts, key=len), written):
        try:
            expression = understood(part)
        except ExpressionFault:
            continue
        ours, theirs = in_python(expression, row, moment), _alone(expression, moment, deals)[0]
        if not same(expression.type.kind, ours, theirs):
            read = {name: row.get(name) for path in expression.names if (name := path[0]) in row}
            return Difference(part, read, moment, ours, deals.name, theirs)
    return None
