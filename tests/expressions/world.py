"""A small world for expressions: a scope, a table of deals, and the three ways to get an answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Select, StaticPool, create_engine, event, make_url, select

from engine.expressions.evaluate import Count, Read, Reads, evaluate
from engine.expressions.moment import Moment
from engine.expressions.parse import Expression, parse
from engine.expressions.sql import counted_sql, register_functions, to_sql
from engine.expressions.tree import Quantified
from engine.expressions.types import (
    BOOLEAN,
    DATE,
    DATETIME,
    INTEGER,
    PARTS,
    TEXT,
    Kind,
    Rows,
    Type,
    choice,
    decimal,
    record,
)
from tests.expressions.neighbours import NEIGHBOURS, RELATED, TABLES, TEAMS, Around, Joined, Reader, table_of

STAGES = ("new", "proposal", "won", "lost")
FIELDS: Mapping[str, Type] = {
    "amount": decimal(2, "EUR"),
    "cost": decimal(2, "EUR"),
    "rate": decimal(4),
    "fine": decimal(9),
    "price_usd": decimal(2, "USD"),
    "count": INTEGER,
    "other_count": INTEGER,
    "name": TEXT,
    "note": TEXT,
    "stage": choice(STAGES, "sales"),
    "size": choice(("small", "large")),
    "active": BOOLEAN,
    "urgent": BOOLEAN,
    "close_date": DATE,
    "start_date": DATE,
    "seen_at": DATETIME,
    "done_at": DATETIME,
    "owner": record("user"),
    "creator": record("user"),
    "team": record("team"),
    "account": record("account"),
    "words": Type(Kind.LIST, item=TEXT),
    "hues": Type(Kind.LIST, item=choice(("red", "blue"))),
    "home": PARTS,
}
MEMBERS: Mapping[str, Mapping[str, Type]] = {
    "user": {
        "name": TEXT,
        "team": record("team"),
        "teams": Type(Kind.LIST, item=record("team")),
        "account": record("account"),
    },
    "team": {"name": TEXT},
    "sales": {"probability": INTEGER, "kind": choice(("open", "won", "lost"))},
}
MOMENT = Moment(datetime(2024, 2, 29, 10, 30, tzinfo=UTC), date(2024, 2, 29), 7)
ENTITIES: Mapping[str, Mapping[str, Type]] = {"deal": FIELDS, **MEMBERS, **NEIGHBOURS}
DEALS = table_of("deals", FIELDS)


@dataclass(frozen=True)
class World:
    """The names about a row of an entity, as a Scope."""

    entity: str = "deal"
    of_write: bool = False

    def member(self, of: Type | None, name: str) -> Type | None:
        return self._names(of).get(name)

    def names(self, of: Type | None) -> Iterable[str]:
        return tuple(name for name in self._names(of) if name != "id")

    def rows(self, of: Type | None, name: str) -> Rows | None:
        return RELATED.get(self.entity if of is None else of.entity or "", {}).get(name)

    def within(self, entity: str) -> World | None:
        return World(entity) if entity in ("deal", *NEIGHBOURS) else None

    def row_names(self) -> Iterable[str]:
        return (*RELATED.get(self.entity, ()), "deal", *NEIGHBOURS)

    def _names(self, of: Type | None) -> Mapping[str, Type]:
        if of is None:
            old = {"old": record(self.entity)} if self.of_write else {}
            return {**ENTITIES[self.entity], "me": record("user"), "id": record(self.entity), **old}
        return ENTITIES.get(of.entity or of.pipeline or "", {})


def understood(text: str, expected: Type | None = None, of_write: bool = False) -> Expression:
    return parse(text, World(of_write=of_write), expected)


def in_python(
    expression: Expression, row: Mapping[str, Any], moment: Moment = MOMENT, around: Around = MappingProxyType({})
) -> Any:
    """The value for a row of a deal; `around` are the rows of all entities."""
    reader = Reader(around, ENTITIES, "deal", row)
    return evaluate(expression, reader, moment, reader.count)


class Sql:
    """The deals, and what is around them, in a database."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        TABLES.create_all(connection)

    def fill(self, rows: Sequence[Mapping[str, Any]], around: Around = MappingProxyType({})) -> None:
        numbered = [{"id": place, **row} for place, row in enumerate(rows)]
        for entity, given in {**around, "deal": numbered}.items():
            table, empty = TABLES.tables[f"{entity}s"], dict.fromkeys(ENTITIES[entity])
            self.connection.execute(table.delete())
            if given:
                self.connection.execute(table.insert(), [{**empty, **row} for row in given])

    def answers(self, expression: Expression, moment: Moment = MOMENT) -> Sequence[Any]:
        """The value for each row, in order."""
        return self.answers_of([expression], moment)[0]

    def answers_of(self, expressions: Sequence[Expression], moment: Moment = MOMENT) -> Sequence[Sequence[Any]]:
        """For each expression the value for each row, in order, with one statement."""
        deals = Joined(ENTITIES, "deal")
        elements = [to_sql(expression, deals.column, self.name, deals.relate) for expression in expressions]
        columns = [element.label(f"answer_{place}") for place, element in enumerate(elements)]
        with self.connection.begin_nested():
            rows = self._run(select(*columns).select_from(deals.joined).order_by(DEALS.c.id), moment)
        return [[row[place] for row in rows] for place in range(len(columns))]

    def counting(self, moment: Moment = MOMENT) -> Count:
        """Counts what is around one record, whose values are in Python, by a statement."""
        deals = Joined(ENTITIES, "deal")

        def count(expression: Expression, node: Quantified, reads: Reads, holds: Callable[[Read], bool]) -> int:
            statement = counted_sql(expression, node, reads, self.name, deals.relate)
            return int(self._run(statement, moment)[0][0])

        return count

    def _run(self, statement: Select[Any], moment: Moment) -> Sequence[Any]:
        bound = {**moment.parameters, "teams": TEAMS}
        names = statement.compile(dialect=self.connection.dialect).params
        return self.connection.execute(statement, {name: bound[name] for name in names if name in bound}).all()

    @property
    def name(self) -> Any:
        """Of its dialect."""
        return self.connection.dialect.name


def postgresql() -> Engine:
    """Skips the test where there is no server."""
    server = os.environ.get("CRM_TEST_POSTGRES_URL")
    if not server:
        pytest.skip("CRM_TEST_POSTGRES_URL is not set, so PostgreSQL is not asked")
    return create_engine(make_url(server).set(drivername="postgresql+psycopg"))


@contextmanager
def opened(engine: Engine) -> Iterator[Sql]:
    """The deals in a transaction that is rolled back."""
    with engine.connect() as connection, connection.begin() as transaction:
        yield Sql(connection)
        transaction.rollback()
    engine.dispose()


def sqlite() -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    event.listen(engine, "connect", lambda connection, record: register_functions(connection))
    return engine


def same(kind: Kind, one: Any, other: Any) -> bool:
    """Whether two answers are one: SQLite gives a moment without a zone."""
    if kind is Kind.DATETIME:
        one, other = _in_utc(one), _in_utc(other)
    return bool(one == other and isinstance(one, bool) == isinstance(other, bool))


def _in_utc(moment: Any) -> Any:
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
