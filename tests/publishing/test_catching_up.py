"""A workspace that an older engine founded is opened by this one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

from engine.access.actor import ENGINE
from engine.database.connection import Database
from engine.publishing.founding import Founder
from engine.schema.model import ListQuery, Sort
from tests.publishing.clubs import found, write


def test_what_a_newer_engine_keeps_beside_the_records_is_added_when_a_workspace_opens(
    founder: Founder, folder: Path, database: Database
) -> None:
    found(founder, write(folder))
    with database.write() as connection:
        connection.execute(text("DROP TABLE sys_preference"))
        connection.execute(text("ALTER TABLE e_member DROP COLUMN name__k"))
        connection.execute(text("DROP INDEX ix_e_member_deleted_at_id"))
    workspace = founder.open()
    assert workspace is not None
    with database.read() as connection:
        assert inspect(connection).has_table("sys_preference")
        indexes = {str(index["name"]) for index in inspect(connection).get_indexes("e_member")}
    assert "ix_e_member_deleted_at_id" in indexes
    rows = workspace.store.list(ENGINE, ListQuery("member", ("name",), sort=(Sort("name"),))).rows
    assert [row["name"] for row in rows] == ["Judit", "Magnus"]


def test_a_workspace_that_lacks_nothing_opens_without_a_write(
    founder: Founder, folder: Path, database: Database
) -> None:
    found(founder, write(folder))
    with database.write():
        assert founder.open() is not None
