"""The b2b workspace on each kind of database, founded once and copied for every story."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

from tests.conftest import POSTGRES
from tests.product import Product, found, running


@pytest.fixture(scope="session")
def founded_on_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """The address of a PostgreSQL database that holds a founded b2b workspace; it is copied, never opened."""
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"{POSTGRES} is not set; tools/with-postgres sets it")
    url = make_url(server).set(database=f"b2b_{secrets.token_hex(6)}")
    _run(make_url(server), f'CREATE DATABASE "{url.database}"')
    found(tmp_path_factory.mktemp("b2b_postgres"), "b2b", url.render_as_string(hide_password=False))
    yield url
    _run(make_url(server), f'DROP DATABASE "{url.database}"')


@pytest.fixture
def copy_on_postgres(founded_on_postgres: URL) -> Iterator[str]:
    copy = founded_on_postgres.set(database=f"b2b_{secrets.token_hex(6)}")
    server = make_url(os.environ[POSTGRES])
    _run(server, f'CREATE DATABASE "{copy.database}" TEMPLATE "{founded_on_postgres.database}"')
    yield copy.render_as_string(hide_password=False)
    _run(server, f'DROP DATABASE "{copy.database}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def crm(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Product]:
    """The b2b workspace with its demo data, once for each kind of database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("b2b")
        return
    with running(tmp_path, request.getfixturevalue("copy_on_postgres")) as product:
        yield product


def _run(server: URL, statement: str) -> None:
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement)
