from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError, OperationalError

from engine.database import ddl
from engine.database.connection import Database
from engine.database.ddl import Difference
from engine.schema.columns import ScaledDecimal, UtcDateTime

NAMING = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s", "fk": "fk_%(column_0_name)s"}


def key() -> Column[Any]:
    return Column("id", BigInteger, primary_key=True, autoincrement=False)


def blueprint(*deal_columns: Any, account: bool = True) -> MetaData:
    metadata = MetaData(naming_convention=NAMING)
    if account:
        Table("e_account", metadata, key(), Column("name", Text), Column("main_deal", ForeignKey("e_deal.id")))
    Table("e_deal", metadata, key(), Column("name", Text), Column("amount", ScaledDecimal(2)), *deal_columns)
    return metadata


@pytest.fixture
def existing(database: Database) -> Database:
    """A database with one deal and no accounts."""
    metadata = blueprint(account=False)
    with database.write() as connection:
        ddl.create_all(connection, metadata)
        connection.execute(insert(metadata.tables["e_deal"]), {"id": 1, "name": "First", "amount": 12})
    return database


def bring(connection: Connection, metadata: MetaData) -> list[Difference]:
    """Apply what is missing and return it."""
    found = ddl.difference(connection, metadata)
    ddl.apply_additive(connection, metadata, found)
    return found


def test_tables_columns_references_and_indexes_are_added_and_rows_are_kept(existing: Database) -> None:
    wanted = blueprint(
        Column("account", BigInteger, ForeignKey("e_account.id")),
        Column("closed_at", UtcDateTime),
        Column("done", Boolean, nullable=False, server_default="0" if existing.dialect == "sqlite" else "false"),
        Index(None, "account", "id"),
    )
    Index("ix_e_deal_folded", func.lower(wanted.tables["e_deal"].c.name))
    with existing.write() as connection:
        assert bring(connection, wanted) == [
            Difference("e_account", "add_table"),
            Difference("e_deal", "add_column", "account"),
            Difference("e_deal", "add_column", "closed_at"),
            Difference("e_deal", "add_column", "done"),
            Difference("e_deal", "add_index", "ix_e_deal_account_id"),
            Difference("e_deal", "add_index", "ix_e_deal_folded"),
        ]
        assert ddl.difference(connection, wanted) == []
        deal = wanted.tables["e_deal"]
        assert connection.execute(select(deal)).all() == [(1, "First", 12, None, None, False)]
        (reference,) = inspect(connection).get_foreign_keys("e_deal")
        assert (reference["constrained_columns"], reference["referred_table"]) == (["account"], "e_account")


def test_an_added_reference_is_enforced(existing: Database) -> None:
    wanted = blueprint(Column("account", BigInteger, ForeignKey("e_account.id")))
    with existing.write() as connection:
        bring(connection, wanted)
    with pytest.raises(IntegrityError), existing.write() as connection:
        connection.execute(insert(wanted.tables["e_deal"]), {"id": 2, "account": 77})


def test_additions_that_fail_half_way_leave_nothing_behind(existing: Database) -> None:
    wanted = blueprint(Column("account", BigInteger, ForeignKey("e_account.id")))
    with pytest.raises(RuntimeError), existing.write() as connection:
        bring(connection, wanted)
        raise RuntimeError
    with existing.read() as connection:
        assert [item.kind for item in ddl.difference(connection, wanted)] == ["add_table", "add_column"]


@pytest.mark.parametrize(
    ("column", "kind", "sqlite", "postgresql"),
    [
        (("name", BigInteger), "changed_type", "TEXT -> BIGINT", "TEXT -> BIGINT"),
        (("name", Date), "changed_type", "TEXT -> DATE", "TEXT -> DATE"),
        (
            ("name", UtcDateTime),
            "changed_type",
            "TEXT -> DATETIME",
            "TEXT -> TIMESTAMP WITH TIME ZONE",
        ),
        (("name", Text, False), "changed_nullable", "NOT NULL", "NOT NULL"),
        (("needed", Text, False), "add_column", "NOT NULL", "NOT NULL"),
    ],
)
def test_what_cannot_be_added_is_reported_and_refused(
    existing: Database, column: tuple[Any, ...], kind: Any, sqlite: str, postgresql: str
) -> None:
    metadata = MetaData(naming_convention=NAMING)
    name, kind_of_value, *nullable = column
    kept = [c for c in (Column("name", Text), Column("amount", ScaledDecimal(2))) if c.name != name]
    Table("e_deal", metadata, key(), *kept, Column(name, kind_of_value, nullable=not nullable))
    expected = Difference("e_deal", kind, name, sqlite if existing.dialect == "sqlite" else postgresql, False)
    with existing.write() as connection:
        assert ddl.difference(connection, metadata) == [expected]
        with pytest.raises(ValueError, match=f"not additive: e_deal.{name} {kind}"):
            ddl.apply_additive(connection, metadata, [expected])


def test_a_link_that_points_elsewhere_is_reported(existing: Database) -> None:
    with existing.write() as connection:
        bring(connection, blueprint(Column("other", BigInteger, ForeignKey("e_account.id"))))
        changed = blueprint(Column("other", BigInteger, ForeignKey("e_deal.id")))
        assert ddl.difference(connection, changed) == [
            Difference("e_deal", "changed_reference", "other", "e_account -> e_deal", False)
        ]


def test_what_only_the_database_has_is_reported_and_left_alone(existing: Database) -> None:
    with existing.write() as connection:
        connection.execute(text("CREATE TABLE e_old (id INTEGER)"))
        connection.execute(text("CREATE TABLE foreign_to_us (id INTEGER)"))
        connection.execute(text("CREATE TABLE sys_other (id INTEGER)"))
        connection.execute(text("ALTER TABLE e_deal ADD COLUMN gone TEXT"))
        found = bring(connection, blueprint(account=False))
        assert found == [Difference("e_deal", "extra_column", "gone"), Difference("e_old", "extra_table")]
        assert ddl.difference(connection, blueprint(account=False)) == found


def test_a_left_over_column_that_needs_a_value_is_not_additive(existing: Database) -> None:
    with existing.write() as connection:
        ddl.create_all(connection, _with_needed())
        wanted = MetaData(naming_convention=NAMING)
        Table("e_task", wanted, key())
        Table("e_deal", wanted, key(), Column("name", Text), Column("amount", ScaledDecimal(2)))
        assert ddl.difference(connection, wanted) == [Difference("e_task", "extra_column", "needed", "NOT NULL", False)]


def _with_needed() -> MetaData:
    metadata = MetaData(naming_convention=NAMING)
    Table("e_task", metadata, key(), Column("needed", Integer, nullable=False))
    return metadata


def test_a_unique_index_is_added_only_where_no_value_repeats(existing: Database) -> None:
    wanted = blueprint(Column("deleted_at", UtcDateTime), account=False)
    deal = wanted.tables["e_deal"]
    with existing.write() as connection:
        bring(connection, wanted)
        connection.execute(insert(deal), [{"id": 2, "name": "First"}, {"id": 3, "name": None}, {"id": 4, "name": None}])
        alive = deal.c.deleted_at.is_(None)
        Index("uq_e_deal_name", deal.c.name, unique=True, sqlite_where=alive, postgresql_where=alive)
        expected = Difference("e_deal", "add_index", "uq_e_deal_name", "repeated values", False)
        assert ddl.difference(connection, wanted) == [expected]
        connection.execute(deal.update().where(deal.c.id == 2).values(deleted_at=func.now()))
        assert bring(connection, wanted) == [Difference("e_deal", "add_index", "uq_e_deal_name")]
        assert ddl.difference(connection, wanted) == []


def test_a_long_index_name_is_found_again(existing: Database) -> None:
    wanted = blueprint(*(Column(f"a_rather_long_column_name_{n}", Text) for n in range(3)), account=False)
    deal = wanted.tables["e_deal"]
    Index(None, *(deal.c[f"a_rather_long_column_name_{n}"] for n in range(3)))
    with existing.write() as connection:
        bring(connection, wanted)
        assert ddl.difference(connection, wanted) == []


def test_tables_that_refer_to_each_other_are_created_together(database: Database) -> None:
    wanted = blueprint(Column("account", BigInteger, ForeignKey("e_account.id")))
    with database.write() as connection:
        assert [item.kind for item in bring(connection, wanted)] == ["add_table", "add_table"]
        assert ddl.difference(connection, wanted) == []


def test_one_process_at_a_time_changes_tables_of_postgresql(
    postgres_url: str, open_database: Callable[..., Database]
) -> None:
    database = open_database(postgres_url)
    with database.write() as connection, database.write() as other:
        ddl.lock_tables(connection)
        other.execute(text("SET LOCAL statement_timeout = '50ms'"))
        with pytest.raises(OperationalError, match="statement timeout"):
            ddl.lock_tables(other)
    with database.write() as connection, database.write() as other:
        ddl.lock_tables(connection)
        other.execute(text("SET LOCAL search_path = public"))
        ddl.lock_tables(other)
