"""Expressions beside what does the same by hand: a filter beside SQL, an evaluation beside simpleeval."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from simpleeval import EvalWithCompoundTypes
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Executable,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    func,
    select,
    text,
)

from benchmarks.made import COLUMNS, deals
from engine.expressions.evaluate import evaluate
from engine.expressions.moment import Moment
from engine.expressions.parse import parse
from engine.expressions.sql import register_functions, to_sql
from engine.expressions.sql_values import SqlDialect
from engine.expressions.types import DATE, Rows, Type, choice, decimal
from engine.schema.columns import ScaledDecimal

FIELDS: Mapping[str, Type] = {
    "amount": decimal(2),
    "cost": decimal(2),
    "stage": choice(("lead", "offer", "won", "lost")),
    "close_date": DATE,
}
MEASURED = Table(
    "measured",
    MetaData(),
    Column("id", BigInteger, primary_key=True),
    Column("amount", ScaledDecimal(2)),
    Column("cost", ScaledDecimal(2)),
    Column("stage", Text),
    Column("close_date", Date),
)
MOMENT = Moment(datetime(2026, 6, 10, 9, tzinfo=UTC), date(2026, 6, 10), 7)
BATCH = 5_000
FILTERS = (
    (
        "amount > 40000 and stage in ['offer', 'won']",
        "amount > 4000000 AND stage IN ('offer', 'won')",
        2,
    ),
    ("close_date in this_month()", "close_date BETWEEN '2026-06-01' AND '2026-06-30'", 2),
    ("amount - cost > 20000", "amount - cost > 2000000", None),
)
JUDGED = "amount - cost > 10000 and stage in ['offer', 'won'] and close_date < today()"


class Deals:
    """The scope of an expression about a deal."""

    def member(self, of: Type | None, name: str) -> Type | None:
        return FIELDS.get(name) if of is None else None

    def names(self, of: Type | None) -> Iterable[str]:
        return FIELDS if of is None else ()

    def rows(self, of: Type | None, name: str) -> Rows | None:
        return None

    def within(self, entity: str) -> None:
        return None

    def row_names(self) -> Iterable[str]:
        return ()


@dataclass(frozen=True)
class Compared:
    name: str
    ours: float
    limit: float
    """Seconds."""
    most: float | None


def figures(address: str, rows: int) -> Iterator[Compared]:
    """Of one database, whose address SQLAlchemy knows or is that of PostgreSQL."""
    yield from filters(address, rows)
    yield evaluation()


def filters(address: str, rows: int) -> Iterator[Compared]:
    """Counting what a filter lets through, in a table of deals made in the database."""
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    dialect: SqlDialect = "sqlite" if engine.dialect.name == "sqlite" else "postgresql"
    if dialect == "sqlite":
        event.listen(engine, "connect", lambda connection, record: register_functions(connection))
    with engine.connect() as connection:
        MEASURED.create(connection)
        _fill(connection, rows)
        for written, by_hand, most in FILTERS:
            condition = to_sql(parse(written, Deals()), lambda path: MEASURED.c[path[0]], dialect)
            ours = select(func.count()).select_from(MEASURED).where(condition)
            hand = text(f"SELECT count(*) FROM measured WHERE {by_hand}")
            (found, spent), (bound, limit) = counted(connection, ours), counted(connection, hand)
            if found != bound:
                raise RuntimeError(f"{written} finds {found}, by hand {bound}")
            yield Compared(f"filter `{written}`", spent, limit, most)
    engine.dispose()


def counted(connection: Connection, statement: Executable) -> tuple[int, float]:
    """What a statement counts, and the seconds it takes."""
    found = connection.execute(statement, MOMENT.parameters).scalar_one()
    return found, quickest(lambda: connection.execute(statement, MOMENT.parameters).scalar_one())


def evaluation() -> Compared:
    """One condition on one record, both prepared beforehand."""
    row = {"amount": Decimal(52_000), "cost": Decimal(26_000), "stage": "won", "close_date": date(2026, 5, 1)}
    expression = parse(JUDGED, Deals())
    plain = EvalWithCompoundTypes(names=row, functions={"today": lambda: MOMENT.today})
    parsed = plain.parse(JUDGED)
    times = range(2_000)
    ours = quickest(lambda: [evaluate(expression, lambda path: row[path[0]], MOMENT) for _ in times])
    limit = quickest(lambda: [plain.eval(JUDGED, previously_parsed=parsed) for _ in times])
    return Compared("an expression on a record", ours / len(times), limit / len(times), 2)


def _fill(connection: Connection, rows: int) -> None:
    made = iter(enumerate(deals(rows)))
    while batch := [_stored(number, row) for number, row in islice(made, BATCH)]:
        connection.execute(MEASURED.insert(), batch)


def _stored(number: int, row: tuple[str, ...]) -> dict[str, Any]:
    given = dict(zip(COLUMNS, row, strict=True))
    return {
        "id": number,
        "amount": Decimal(given["amount"]),
        "cost": Decimal(given["cost"]),
        "stage": given["stage"],
        "close_date": date.fromisoformat(given["close_date"]),
    }


def quickest(work: Callable[[], object], turns: int = 9) -> float:
    """Seconds of the quickest turn, which other work on the machine disturbs least."""
    spent = []
    for _ in range(turns):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return min(spent)
