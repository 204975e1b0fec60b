"""One door to the database, whether SQLite or PostgreSQL: reads and write transactions."""

from __future__ import annotations

import json
import math
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Literal, cast

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidatePoolError

from engine.locale.text import Text

Dialect = Literal["sqlite", "postgresql"]
POOL_SIZE = 16
RESTED = 10.0
"""Seconds a connection of PostgreSQL may have rested before it is tried anew when it is taken."""
ASIDE_SIZE = 2
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "busy_timeout = 30000",
    "foreign_keys = ON",
    "cache_size = -20000",
)
_BEGIN = "crm_begin"


class DatabaseUnavailable(RuntimeError):
    """The database cannot be opened. `message` is a sentence in both languages and never shows a password."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.in_("en"))
        self.message = message


class _TakenBack(Exception):
    """The end of a transaction that leaves nothing."""


class FairLock:
    """A lock that lets waiting threads in by turn, and refuses the thread that holds it already."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._owner: int | None = None

    def __enter__(self) -> None:
        me = threading.get_ident()
        with self._guard:
            if self._owner is None:
                self._owner = me
                return
            if self._owner == me:
                raise RuntimeError("a write transaction was opened inside another one of the same thread")
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()
        self._owner = me

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._owner = 0
                self._waiting.popleft().release()
            else:
                self._owner = None


class Database:
    """One database of one workspace; one object per process, shared by all its threads.

    `url` is `sqlite:///path`, `postgresql://...` or a plain path of an SQLite file. `on_connect` is called with
    each new driver connection of SQLite, to register functions. Raises `DatabaseUnavailable` when it cannot be opened.
    """

    def __init__(self, url: str, on_connect: Callable[[Any], None] | None = None) -> None:
        self._url = _parse(url)
        self.dialect: Dialect = cast(Dialect, self._url.get_backend_name())
        self._writing = FairLock()
        self._recorders: list[list[str]] = []
        if self.dialect == "sqlite":
            _make_folder(self._url)
        self.engine = _make_engine(self._url)
        if self.dialect == "sqlite":
            event.listen(self.engine, "connect", partial(_prepare_sqlite, on_connect))
            event.listen(self.engine, "begin", _begin_sqlite)
        self._aside = _make_engine(self._url, ASIDE_SIZE)
        if self.dialect == "postgresql":
            for engine in (self.engine, self._aside):
                event.listen(engine, "checkin", _note_rest)
                event.listen(engine, "checkout", partial(_try_rested, engine))
        reading = {} if self.dialect == "sqlite" else {"isolation_level": "AUTOCOMMIT"}
        self._reader = self.engine.execution_options(**reading)
        for engine in (self.engine, self._aside):
            event.listen(engine, "before_cursor_execute", self._record)
        self._try_to_open()

    @property
    def name(self) -> str:
        """The address without its password and without our driver, for people."""
        return self._url.set(drivername=self._url.get_backend_name()).render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read with: one snapshot on SQLite, each statement its own on PostgreSQL."""
        with self._reader.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: committed at the end, rolled back by an exception. It must not be opened inside another."""
        if self.dialect == "postgresql":
            with self.engine.begin() as connection:
                yield connection
            return
        options = {_BEGIN: "BEGIN IMMEDIATE"}
        with self._writing, self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def passing(self) -> Iterator[Connection]:
        """A write transaction that is always taken back at the end."""
        with suppress(_TakenBack), self.write() as connection:
            yield connection
            raise _TakenBack

    @contextmanager
    def aside(self) -> Iterator[Connection]:
        """PostgreSQL only: a connection of a few kept for this, on which each statement is committed at once, whatever
        becomes of the transaction beside which it is opened."""
        with self._aside.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield connection

    @contextmanager
    def count_statements(self) -> Iterator[list[str]]:
        """The statements run on the database by any thread while the block lasts, without BEGIN and COMMIT."""
        statements: list[str] = []
        self._recorders.append(statements)
        try:
            yield statements
        finally:
            self._recorders = [recorder for recorder in self._recorders if recorder is not statements]

    def close(self) -> None:
        self.engine.dispose()
        self._aside.dispose()

    def _record(self, _connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        for recorder in self._recorders:
            recorder.append(statement)

    def _try_to_open(self) -> None:
        try:
            with self.read() as connection:
                connection.exec_driver_sql("SELECT 1")
        except (DBAPIError, sqlite3.Error, psycopg.Error) as error:
            self.close()
            reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            raise _unavailable(self.name, reason) from error


def _parse(url: str) -> URL:
    if "://" not in url:
        url = f"sqlite:///{url}"
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise _unavailable("…", "this is not a database address") from error
    backend = parsed.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or parsed.database in (None, "", ":memory:"):
        raise _unavailable(
            parsed.render_as_string(hide_password=True), "only sqlite:///path and postgresql://... are supported"
        )
    return parsed.set(drivername="sqlite+pysqlite")


def _make_folder(url: URL) -> None:
    folder = Path(url.database or "").expanduser().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unavailable(url.render_as_string(), f"the folder {folder} cannot be made") from error


def _make_engine(url: URL, pool_size: int = POOL_SIZE) -> Engine:
    arguments: dict[str, Any] = {}
    if url.get_backend_name() == "postgresql":
        arguments["options"] = f"{url.query.get('options', '')} -c timezone=UTC".strip()
        url = url.difference_update_query(["options"])
    return create_engine(
        url,
        connect_args=arguments,
        pool_size=pool_size,
        max_overflow=4,
        json_serializer=partial(json.dumps, ensure_ascii=False),
    )


def _prepare_sqlite(on_connect: Callable[[Any], None] | None, dbapi_connection: Any, _record: Any) -> None:
    dbapi_connection.isolation_level = None
    for pragma in _PRAGMAS:
        dbapi_connection.execute(f"PRAGMA {pragma}")
    if on_connect is not None:
        on_connect(dbapi_connection)


def _begin_sqlite(connection: Connection) -> None:
    statement = connection.get_execution_options().get(_BEGIN, "BEGIN")
    cast(sqlite3.Connection, connection.connection.dbapi_connection).execute(statement)


def _note_rest(_connection: Any, record: Any) -> None:
    record.info["rests_since"] = time.monotonic()


def _try_rested(engine: Engine, connection: Any, record: Any, _proxy: Any) -> None:
    """One that the server has closed meanwhile makes the pool open others. Raises `InvalidatePoolError`."""
    if time.monotonic() - record.info.get("rests_since", math.inf) < RESTED:
        return
    try:
        engine.dialect.do_ping(connection)
    except psycopg.Error as error:
        raise InvalidatePoolError from error


def _unavailable(name: str, reason: str) -> DatabaseUnavailable:
    return DatabaseUnavailable(
        Text.of(
            {
                "en": f"The database {name} cannot be opened: {reason}.",
                "zh-CN": f"无法打开数据库 {name}:{reason}。",
            }
        )
    )
