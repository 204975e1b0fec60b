from __future__ import annotations

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from engine.clock import SettableClock
from engine.database import ddl, system_tables
from engine.database.connection import Database


@pytest.fixture
def prepared(database: Database) -> Database:
    with database.write() as connection:
        ddl.create_all(connection, system_tables.metadata)
    return database


def test_every_table_is_the_engines_and_every_constraint_has_a_name() -> None:
    tables = system_tables.metadata.tables.values()
    assert all(table.name.startswith("sys_") for table in tables)
    assert [c for table in tables for c in table.constraints if not c.name] == []
    assert [i for table in tables for i in table.indexes if not i.name] == []


def test_a_fresh_database_differs_in_nothing_and_creating_again_changes_nothing(prepared: Database) -> None:
    with prepared.write() as connection:
        ddl.create_all(connection, system_tables.metadata)
        assert ddl.difference(connection, system_tables.metadata) == []


def test_history_keeps_chinese_changes_and_moments_exactly(prepared: Database, clock: SettableClock) -> None:
    row = {
        "id": 2**53 - 1,
        "entity": "deal",
        "record_id": 5,
        "at": clock.now(),
        "actor_id": None,
        "source": "web",
        "kind": "updated",
        "version": 2,
        "changes": {"name": [None, "北京 \U0001f600"]},
        "operation": None,
    }
    with prepared.write() as connection:
        connection.execute(insert(system_tables.history).values(row))
        assert connection.execute(select(system_tables.history)).one()._asdict() == row


def test_a_second_workspace_row_is_refused(prepared: Database, clock: SettableClock) -> None:
    row = {
        "id": 2,
        "name": "Other",
        "blueprint_id": "x",
        "blueprint_version": "1",
        "blueprint_title": {},
        "published": 1,
        "settings": {},
        "created_at": clock.now(),
    }
    with pytest.raises(IntegrityError, match="ck_sys_workspace_single"), prepared.write() as connection:
        connection.execute(insert(system_tables.workspace).values(row))
