"""The tables of duplicates: what records share, which pairs may be the same, and which were merged."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, String, Table, Text

from engine.database.system_tables import metadata
from engine.schema.columns import UtcDateTime

match_key = Table(
    "sys_match_key",
    metadata,
    Column("entity", String(63), primary_key=True),
    Column("rule", String(63), primary_key=True),
    Column("key", Text, primary_key=True, comment="what a record shares with those it may match under the rule"),
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Index(None, "record_id"),
)

matched = Table(
    "sys_matched",
    metadata,
    Column("entity", String(63), primary_key=True),
    Column("rules", Text, nullable=False, comment="how the keys of its records were made"),
)

match_due = Table(
    "sys_match_due",
    metadata,
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Column("entity", String(63), nullable=False),
    Column("mark", BigInteger, nullable=False, comment="a later write has another one"),
    Index(None, "entity", "record_id"),
)

match_pair = Table(
    "sys_match_pair",
    metadata,
    Column("low", BigInteger, primary_key=True, autoincrement=False),
    Column("high", BigInteger, primary_key=True, autoincrement=False),
    Column("entity", String(63), nullable=False),
    Column("rule", String(63), nullable=False),
    Column("rank", Integer, nullable=False, comment="likeness of 100, and 1000 more when certain"),
    Index(None, "entity", "rank", "low", "high"),
    Index(None, "high"),
)

match_apart = Table(
    "sys_match_apart",
    metadata,
    Column("low", BigInteger, primary_key=True, autoincrement=False),
    Column("high", BigInteger, primary_key=True, autoincrement=False),
    Column("by_id", BigInteger),
    Column("at", UtcDateTime, nullable=False),
    comment="told by a person to be no duplicates",
)

merge = Table(
    "sys_merge",
    metadata,
    Column("record_id", BigInteger, primary_key=True, autoincrement=False, comment="the record that went"),
    Column("entity", String(63), nullable=False),
    Column("survivor", BigInteger, nullable=False),
    Column("operation", BigInteger),
    Column("by_id", BigInteger),
    Column("at", UtcDateTime, nullable=False),
    Column("trail", JSON(none_as_null=True), comment="what it brought: links, rows beside it, fields of the survivor"),
    Index(None, "survivor"),
)
