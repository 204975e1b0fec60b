"""A transaction that PostgreSQL refuses because writers wait for each other in a ring begins again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from engine.database.connection import Database
from engine.database.deadlocks import again, is_deadlock


def test_the_one_that_is_refused_writes_after_the_other(
    postgres_url: str, open_database: Callable[[str], Database]
) -> None:
    postgres_database = open_database(postgres_url)
    with postgres_database.write() as connection:
        connection.execute(text("CREATE TABLE pair (id int PRIMARY KEY, value int)"))
        connection.execute(text("INSERT INTO pair VALUES (1, 0), (2, 0)"))
    met = threading.Barrier(2)

    def raise_both(first: int, second: int, tries: list[int]) -> None:
        tries.append(first)
        with postgres_database.write() as connection:
            _raise(connection, first)
            if len(tries) == 1:
                met.wait(10)
            _raise(connection, second)

    tries: tuple[list[int], list[int]] = ([], [])
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda each: again(lambda: raise_both(*each)), [(1, 2, tries[0]), (2, 1, tries[1])]))
    with postgres_database.read() as connection:
        assert connection.execute(text("SELECT value FROM pair")).scalars().all() == [2, 2]
    assert sorted(map(len, tries)) == [1, 2]


def _raise(connection: Connection, row: int) -> None:
    connection.execute(text("UPDATE pair SET value = value + 1 WHERE id = :row"), {"row": row})


def test_other_errors_pass_at_once_and_the_last_deadlock_too() -> None:
    tried: list[str] = []

    class Deadlock(Exception):
        sqlstate = "40P01"

    def fail(error: Exception) -> None:
        tried.append(type(error).__name__)
        raise error

    with pytest.raises(ZeroDivisionError):
        again(lambda: fail(ZeroDivisionError()))
    with pytest.raises(DBAPIError) as refused:
        again(lambda: fail(DBAPIError("", None, Deadlock())), 3)
    assert (tried, is_deadlock(refused.value)) == (["ZeroDivisionError", *["DBAPIError"] * 3], True)
