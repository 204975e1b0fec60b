"""Entities become tables: columns, references, indexes, and names that fit every database."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import BigInteger, Boolean, Date, Integer, Table, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from engine.blueprint import Blueprint
from engine.compiling import compile_sources
from engine.database import ddl
from engine.database.connection import Database
from engine.publishing.workspace import tables_of
from engine.schema.columns import ScaledDecimal, UtcDateTime

BLUEPRINT = """
blueprint: {id: shop, version: 1.0.0}
settings: {languages: [en], currency: JPY}
entities:
  deal:
    unique: [[account, code], [name, day]]
    fields:
      name: {type: text}
      code: {type: integer, unique: true}
      yen: {type: money}
      dinar: {type: money, currency: KWD}
      rate: {type: decimal, scale: 4}
      day: {type: date, index: true}
      at: {type: datetime}
      done: {type: boolean}
      account: {type: link, to: account}
      stage: {type: stage, pipeline: sales}
      lines: {type: children, of: line, key: deal}
  account: {fields: {name: {type: text}}}
  line: {fields: {name: {type: text}, deal: {type: link, to: deal}}}
  a_very_long_name_that_just_fits_it:
    unique: [[another_very_long_name_that_just_fits_it, name]]
    fields:
      name: {type: text, unique: true}
      another_very_long_name_that_just_fits_it: {type: text, unique: true, index: true}
pipelines: {sales: {entity: deal, states: {lead: {kind: open}}}}
views:
  deal:
    all: {type: list, columns: [name], sort: [-yen, name]}
    named: {type: list, columns: [name], sort: [name]}
"""


@pytest.fixture(scope="module")
def blueprint() -> Blueprint:
    compiled = compile_sources({"blueprint.yaml": BLUEPRINT})
    assert compiled.blueprint is not None, compiled.problems.lines()
    return compiled.blueprint


@pytest.fixture(scope="module")
def deal(blueprint: Blueprint) -> Table:
    return tables_of(blueprint).tables["e_deal"]


def test_each_field_has_a_column_of_its_own_type(deal: Table) -> None:
    wanted = {
        "code": BigInteger,
        "yen": ScaledDecimal,
        "day": Date,
        "at": UtcDateTime,
        "done": Boolean,
        "version": Integer,
    }
    assert {name: type(deal.c[name].type) for name in wanted} == wanted
    assert {name: deal.c[name].type.scale for name in ("yen", "dinar", "rate")} == {"yen": 0, "dinar": 3, "rate": 4}


def test_money_without_a_currency_has_the_workspaces(blueprint: Blueprint) -> None:
    fields = blueprint.entities["deal"].fields
    assert [fields[name].settings["currency"] for name in ("yen", "dinar")] == ["JPY", "KWD"]


def test_a_table_has_its_system_columns_and_none_for_line_items(deal: Table) -> None:
    assert [column.name for column in deal.columns] == [
        "id", "name", "name__k", "name__u", "code", "yen", "dinar", "rate", "day", "at", "done", "account", "stage",
        "owner", "team", "created_at", "created_by", "updated_at", "updated_by", "last_activity_at",
        "version", "deleted_at",
    ]  # fmt: skip


def test_links_refer_to_their_table_by_a_named_constraint(deal: Table) -> None:
    named = {str(key.constraint.name): key.target_fullname for key in deal.foreign_keys if key.constraint}
    assert named == {
        "fk_e_deal_account": "e_account.id",
        "fk_e_deal_owner": "e_user.id",
        "fk_e_deal_team": "e_team.id",
        "fk_e_deal_created_by": "e_user.id",
        "fk_e_deal_updated_by": "e_user.id",
    }


def test_indexes_follow_from_links_stages_sorts_and_what_is_unique(database: Database, blueprint: Blueprint) -> None:
    with database.write() as connection:
        ddl.create_all(connection, tables_of(blueprint))
        assert ddl.difference(connection, tables_of(blueprint)) == []
    with database.read() as connection:
        found = {str(index["name"]): index["column_names"] for index in inspect(connection).get_indexes("e_deal")}
    assert found == {
        "ix_e_deal_account_id": ["account", "id"],
        "ix_e_deal_deleted_at_id": ["deleted_at", "id"],
        "ix_e_deal_day_id": ["day", "id"],
        "ix_e_deal_name__k_id": ["name__k", "id"],
        "ix_e_deal_owner_id": ["owner", "id"],
        "ix_e_deal_stage_id": ["stage", "id"],
        "ix_e_deal_team_id": ["team", "id"],
        "ix_e_deal_updated_at_id": ["updated_at", "id"],
        "ix_e_deal_yen_id": ["yen", "id"],
        "uq_e_deal_code": ["code"],
        "uq_e_deal_account_code": ["account", "code"],
        "uq_e_deal_name__u_day": ["name__u", "day"],
    }


def test_names_of_any_length_fit_the_database(database: Database, blueprint: Blueprint) -> None:
    tables = tables_of(blueprint)
    with database.write() as connection:
        ddl.create_all(connection, tables)
    with database.read() as connection:
        found = inspect(connection).get_indexes("e_a_very_long_name_that_just_fits_it")
    assert len({str(index["name"])[:63] for index in found}) == len(found) == 9


def test_what_is_unique_is_so_outside_the_bin_alone(database: Database, blueprint: Blueprint, clock: Any) -> None:
    tables = tables_of(blueprint)
    deal = tables.tables["e_deal"]
    with database.write() as connection:
        ddl.create_all(connection, tables)
        connection.execute(insert(deal).values(id=1, code=5, deleted_at=clock.now()))
        connection.execute(insert(deal).values(id=2, code=5))
        assert connection.execute(select(deal.c.version)).scalars().all() == [1, 1]
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.execute(insert(deal).values(id=3, code=5))
