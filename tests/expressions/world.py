"""A small world for expressions: a scope, a table of deals, and the three ways to get an answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Engine,
    MetaData,
    StaticPool,
    Table,
    Text,
    bindparam,
    create_engine,
    event,
    make_url,
    select,
)

from engine.expressions.evaluate import evaluate
from engine.expressions.moment import Moment
from engine.expressions.parse import Expression, parse
from engine.expressions.sql import register_functions, to_sql
from engine.expressions.tree import Path
from engine.expressions.types import BOOLEAN, DATE, DATETIME, INTEGER, PARTS, TEXT, Kind, Type, choice, decimal, record
from engine.schema.columns import ScaledDecimal, UtcDateTime, Words

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
    "account": {"name": TEXT, "owner": record("user"), "rating": INTEGER},
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
TEAMS = (3, 5)


class World:
    """The names of the world, as a Scope."""

    def member(self, of: Type | None, name: str) -> Type | None:
        return self._names(of).get(name)

    def names(self, of: Type | None) -> Iterable[str]:
        return tuple(self._names(of))

    def _names(self, of: Type | None) -> Mapping[str, Type]:
        if of is None:
            return {**FIELDS, "me": record("user")}
        return MEMBERS.get(of.entity or of.pipeline or "", {})


def understood(text: str, expected: Type | None = None) -> Expression:
    return parse(text, World(), expected)


def in_python(expression: Expression, row: Mapping[str, Any], moment: Moment = MOMENT) -> Any:
    def read(path: Path) -> Any:
        return TEAMS if path == ("me", "teams") else row.get(".".join(path))

    return evaluate(expression, read, moment)


_COLUMNS: Mapping[Kind, Callable[[Type], Any]] = {
    Kind.NUMBER: lambda type: ScaledDecimal(type.scale) if type.scale else BigInteger(),
    Kind.TEXT: lambda type: Text(),
    Kind.CHOICE: lambda type: Text(),
    Kind.BOOLEAN: lambda type: Boolean(),
    Kind.DATE: lambda type: Date(),
    Kind.DATETIME: lambda type: UtcDateTime(),
    Kind.RECORD: lambda type: BigInteger(),
    Kind.LIST: lambda type: Words(),
    Kind.PARTS: lambda type: Words(),
}
DEALS = Table(
    "deals",
    MetaData(),
    Column("id", BigInteger, primary_key=True),
    *(Column(name, _COLUMNS[type.kind](type)) for name, type in FIELDS.items()),
)


class Sql:
    """The deals in a database."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        DEALS.create(connection)

    def fill(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self.connection.execute(DEALS.delete())
        empty = dict.fromkeys(FIELDS)
        self.connection.execute(DEALS.insert(), [{**empty, **row, "id": place} for place, row in enumerate(rows)])

    def answers(self, expression: Expression, moment: Moment = MOMENT) -> Sequence[Any]:
        """The value for each row, in order."""
        return self.answers_of([expression], moment)[0]

    def answers_of(self, expressions: Sequence[Expression], moment: Moment = MOMENT) -> Sequence[Sequence[Any]]:
        """For each expression the value for each row, in order, with one statement."""
        teams = bindparam("teams", expanding=True, type_=BigInteger())

        def column(path: Path) -> Any:
            return teams if path == ("me", "teams") else DEALS.c[path[0]]

        elements = [to_sql(expression, column, self.name) for expression in expressions]
        columns = [element.label(f"answer_{place}") for place, element in enumerate(elements)]
        statement = select(*columns).select_from(DEALS).order_by(DEALS.c.id)
        bound = {**moment.parameters, "teams": TEAMS}
        compiled = statement.compile(dialect=self.connection.dialect)
        used = {name: bound[name] for name in compiled.params if name in bound}
        with self.connection.begin_nested():
            rows = self.connection.execute(statement, used).all()
        return [[row[place] for row in rows] for place in range(len(columns))]

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
