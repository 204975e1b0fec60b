"""One language, one meaning: an expression gives the same answer in Python, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.expressions.world import Sql, postgresql, sqlite
from tests.properties.laws import databases, differences

EXPRESSIONS, SEEDS = 3_000, 10


@pytest.fixture(scope="module")
def on_sqlite() -> Iterator[list[Sql]]:
    with databases(sqlite()) as found:
        yield found


@pytest.fixture(scope="module")
def on_postgresql() -> Iterator[list[Sql]]:
    with databases(postgresql()) as found:
        yield found


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("database", ["on_sqlite", "on_postgresql"])
def test_a_database_gives_the_answers_of_python(seed: int, database: str, request: pytest.FixtureRequest) -> None:
    found_in: list[Sql] = request.getfixturevalue(database)
    found = differences(seed, EXPRESSIONS // SEEDS, found_in)
    assert not found, "\n".join(map(str, found))
