"""What many tests start from: a clock that stands still, ids, an empty database of each kind, the product running."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import URL, make_url

from engine.clock import SettableClock
from engine.compiling import Compiled, compile_sources
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from engine.expressions.sqlite_functions import register_functions
from engine.publishing import founding
from tests.product import Product, found, running

POSTGRES = "CRM_TEST_POSTGRES_URL"


@pytest.fixture(scope="session", autouse=True)
def _a_published_blueprint_is_compiled_once() -> Iterator[None]:
    """Each opening of a workspace compiles what was published; the tests of one process open the same one often."""

    @cache
    def compiled(texts: frozenset[tuple[str, str]]) -> Compiled:
        return compile_sources(dict(sorted(texts)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(founding, "compile_sources", lambda texts: compiled(frozenset(texts.items())))
        yield


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(datetime(2026, 3, 4, 9, 30, tzinfo=UTC))


@pytest.fixture
def identifiers(clock: SettableClock) -> Identifiers:
    return Identifiers(1, clock)


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The address of a fresh, empty PostgreSQL schema that is dropped after the test."""
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"{POSTGRES} is not set; tools/with-postgres sets it")
    plain = make_url(server).set(drivername="postgresql").render_as_string(hide_password=False)
    schema = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA "{schema}"')
        yield make_url(plain).update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(False)
        connection.execute(f'DROP SCHEMA "{schema}" CASCADE')


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'crm.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, once for each kind."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def open_database() -> Iterator[Callable[..., Database]]:
    """Opens databases as the application does, with the functions of expressions, and closes them after the test."""
    opened: list[Database] = []

    def open_one(url: str, on_connect: Callable[[Any], None] = register_functions) -> Database:
        opened.append(Database(url, on_connect))
        return opened[-1]

    yield open_one
    for database in opened:
        database.close()


@pytest.fixture
def database(database_url: str, open_database: Callable[..., Database]) -> Database:
    """An empty database, once for each kind."""
    return open_database(database_url)


@pytest.fixture(scope="session")
def founded_b2b(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a founded b2b workspace on SQLite; it is copied, never opened."""
    folder = tmp_path_factory.mktemp("b2b")
    found(folder, "b2b")
    return folder


@pytest.fixture
def b2b(founded_b2b: Path, tmp_path: Path) -> Iterator[Product]:
    """The b2b workspace with its demo data, on a copy of its own."""
    with running(shutil.copytree(founded_b2b, tmp_path / "b2b")) as product:
        yield product


@pytest.fixture(scope="module")
def shared_b2b(founded_b2b: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The b2b workspace for the tests of a module that write nothing that matters to another one."""
    with running(shutil.copytree(founded_b2b, tmp_path_factory.mktemp("shared") / "b2b")) as product:
        yield product


@pytest.fixture(scope="session")
def founded_on_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """The address of a PostgreSQL database that holds a founded b2b workspace; it is copied, never opened."""
    with on_postgres(tmp_path_factory.mktemp("b2b_postgres"), "b2b") as url:
        yield url


@contextmanager
def on_postgres(folder: Path, blueprint: str) -> Iterator[URL]:
    """The address of a PostgreSQL database with a founded workspace, for `copied`; skips where there is none."""
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"{POSTGRES} is not set; tools/with-postgres sets it")
    url = make_url(server).set(database=f"crm_{secrets.token_hex(6)}")
    _run(make_url(server), f'CREATE DATABASE "{url.database}"')
    found(folder, blueprint, url.render_as_string(hide_password=False))
    yield url
    _run(make_url(server), f'DROP DATABASE "{url.database}"')


@pytest.fixture(params=["sqlite", "postgresql"])
def crm(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Product]:
    """The b2b workspace with its demo data, once for each kind of database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("b2b")
        return
    with copied(request.getfixturevalue("founded_on_postgres")) as copy, running(tmp_path, copy) as product:
        yield product


@contextmanager
def copied(founded: URL) -> Iterator[str]:
    """The address of a copy of a PostgreSQL database; it is dropped afterwards."""
    copy, server = founded.set(database=f"b2b_{secrets.token_hex(6)}"), make_url(os.environ[POSTGRES])
    _run(server, f'CREATE DATABASE "{copy.database}" TEMPLATE "{founded.database}"')
    yield copy.render_as_string(hide_password=False)
    _run(server, f'DROP DATABASE "{copy.database}" WITH (FORCE)')


def _run(server: URL, statement: str) -> None:
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_crm(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The same for the tests of a module that write nothing that matters to another one."""
    if request.param == "sqlite":
        yield request.getfixturevalue("shared_b2b")
        return
    url = request.getfixturevalue("founded_on_postgres")
    with copied(url) as copy, running(tmp_path_factory.mktemp("shared"), copy) as product:
        yield product
