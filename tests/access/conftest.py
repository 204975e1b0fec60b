"""A founded database with three people, and quick hashing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import insert

from engine.access.alerts import Alerts
from engine.access.audit import Audit
from engine.access.credentials import Credentials
from engine.access.grants import set_roles
from engine.access.login import Login
from engine.access.rate_limit import LoginLimit
from engine.access.second_factor import SecondFactors
from engine.access.sessions import Sessions
from engine.clock import SettableClock
from engine.database import ddl, system_tables
from engine.database.connection import Database
from engine.database.identifiers import Identifiers
from tests.access.people import ADA, BEN, EVE, PASSWORD, users


@pytest.fixture
def people(database: Database) -> Database:
    """Ada and Ben may come in, Eve is not active; nobody has a password yet."""
    rows = [
        {"id": ADA, "name": "Ada Lovelace", "email": "ada@example.com", "active": True},
        {"id": BEN, "name": "Ben Franklin", "email": "Ben@Example.com", "active": True},
        {"id": EVE, "name": "Eve Moneypenny", "email": "eve@example.com", "active": False},
    ]
    with database.write() as connection:
        ddl.create_all(connection, system_tables.metadata)
        ddl.create_all(connection, users.metadata)
        connection.execute(insert(users), rows)
        set_roles(connection, ADA, ["admin", "sales"])
    return database


@pytest.fixture
def credentials(people: Database, clock: SettableClock) -> Credentials:
    return Credentials(people, clock, PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))


@pytest.fixture
def sessions(people: Database, clock: SettableClock) -> Sessions:
    return Sessions(people, clock, idle=timedelta(days=14), lifetime=timedelta(days=90))


@pytest.fixture
def login(
    people: Database,
    credentials: Credentials,
    sessions: Sessions,
    identifiers: Identifiers,
    clock: SettableClock,
) -> Login:
    """Ada, Ben and Eve all have the password `PASSWORD`."""
    hashed = credentials.hash(PASSWORD)
    with people.write() as connection:
        for user_id in (ADA, BEN, EVE):
            credentials.store(connection, user_id, hashed)
    alerts = Alerts(identifiers, clock, Audit(identifiers, clock), lambda: ())
    factors = SecondFactors(clock, b"secret")
    return Login(people, credentials, sessions, LoginLimit(identifiers, clock), alerts, factors, clock)
