"""The tables of the limit on SQLite and PostgreSQL, each as its driver is used by hand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import psycopg
from psycopg.rows import dict_row

from benchmarks.made import COLUMNS

WHOLE = ("account", "amount", "cost", "discount", "pieces", "rating", "renewal", "score")
TABLES = (
    "CREATE TABLE account (id BIGINT PRIMARY KEY, name TEXT, city TEXT)",
    "CREATE TABLE deal (id BIGINT PRIMARY KEY, "
    + ", ".join(f"{name} {'BIGINT' if name in WHOLE else 'TEXT'}" for name in COLUMNS)
    + ")",
    "CREATE TABLE history (deal BIGINT, changes TEXT)",
    "CREATE INDEX deal_amount ON deal (amount DESC, id DESC)",
    "CREATE INDEX deal_account ON deal (account)",
    "CREATE INDEX history_deal ON history (deal)",
)
PLACES = ", ".join("?" for _ in range(len(COLUMNS) + 1))
NAME, EMAIL = (1 + COLUMNS.index(name) for name in ("name", "email"))

Rows = Sequence[Sequence[Any]]


class HandDatabase(Protocol):
    def make(self) -> None: ...
    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]: ...
    def many(self, statement: str, rows: Rows) -> None: ...
    def insert(self, rows: Rows) -> None: ...
    def change(self, number: int, given: Mapping[str, Any], changes: str) -> None: ...
    def found(self, shown: str, source: str, word: str, stage: str, limit: int) -> list[dict[str, Any]]: ...
    def finish(self) -> None: ...


def opened(address: str) -> HandDatabase:
    return OnPostgres(address) if address.startswith("postgresql") else OnSqlite(address)


def _history(rows: Rows) -> list[tuple[Any, str]]:
    return [(row[0], json.dumps(dict(zip(COLUMNS, row[1:], strict=True)))) for row in rows]


class OnSqlite:
    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")

    def make(self) -> None:
        for statement in (*TABLES, "CREATE VIRTUAL TABLE words USING fts5(name, email, content='')"):
            self._db.execute(statement)

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        return [dict(row) for row in self._db.execute(statement, parameters)]

    def many(self, statement: str, rows: Rows) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(statement, rows)
        self._db.execute("COMMIT")

    def insert(self, rows: Rows) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(f"INSERT INTO deal VALUES ({PLACES})", rows)
        self._db.executemany("INSERT INTO history VALUES (?, ?)", _history(rows))
        words = [(row[0], row[NAME], row[EMAIL]) for row in rows]
        self._db.executemany("INSERT INTO words (rowid, name, email) VALUES (?, ?, ?)", words)
        self._db.execute("COMMIT")

    def change(self, number: int, given: Mapping[str, Any], changes: str) -> None:
        names = ", ".join(f"{name} = ?" for name in given)
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute(f"UPDATE deal SET {names} WHERE id = ?", (*given.values(), number))
        self._db.execute("INSERT INTO history VALUES (?, ?)", (number, changes))
        self._db.execute("COMMIT")

    def found(self, shown: str, source: str, word: str, stage: str, limit: int) -> list[dict[str, Any]]:
        return self.rows(
            f"SELECT {shown} {source} JOIN words ON words.rowid = d.id WHERE words MATCH ? AND d.stage = ?"
            f" ORDER BY d.amount DESC, d.id DESC LIMIT {limit}",
            (word, stage),
        )

    def finish(self) -> None:
        self._db.execute("ANALYZE")


class OnPostgres:
    def __init__(self, address: str) -> None:
        self._db = psycopg.connect(address, autocommit=True, row_factory=dict_row)

    def make(self) -> None:
        words = "CREATE TABLE words (deal BIGINT PRIMARY KEY, words TSVECTOR)"
        for statement in (*TABLES, words, "CREATE INDEX words_words ON words USING gin (words)"):
            self._db.execute(statement)

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        return self._db.execute(statement.replace("?", "%s"), parameters, prepare=True).fetchall()

    def many(self, statement: str, rows: Rows) -> None:
        with self._db.transaction(), self._db.cursor() as cursor:
            cursor.executemany(statement.replace("?", "%s"), rows)

    def insert(self, rows: Rows) -> None:
        with self._db.transaction(), self._db.cursor() as cursor:
            cursor.executemany(f"INSERT INTO deal VALUES ({PLACES})".replace("?", "%s"), rows)
            cursor.executemany("INSERT INTO history VALUES (%s, %s)", _history(rows))
            words = [(row[0], f"{row[NAME]} {row[EMAIL]}") for row in rows]
            cursor.executemany("INSERT INTO words VALUES (%s, to_tsvector('simple', %s))", words)

    def change(self, number: int, given: Mapping[str, Any], changes: str) -> None:
        names = ", ".join(f"{name} = %s" for name in given)
        with self._db.transaction():
            self._db.execute(f"UPDATE deal SET {names} WHERE id = %s", (*given.values(), number))
            self._db.execute("INSERT INTO history VALUES (%s, %s)", (number, changes))

    def found(self, shown: str, source: str, word: str, stage: str, limit: int) -> list[dict[str, Any]]:
        return self.rows(
            f"SELECT {shown} {source} JOIN words ON words.deal = d.id"
            f" WHERE words.words @@ to_tsquery('simple', ?) AND d.stage = ?"
            f" ORDER BY d.amount DESC, d.id DESC LIMIT {limit}",
            (word, stage),
        )

    def finish(self) -> None:
        self._db.execute("ANALYZE")
