"""Where the engine keeps the files that people bring to be imported, and what they said about their columns."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, String, Table, Text

from engine.database.system_tables import metadata
from engine.schema.columns import UtcDateTime

import_file = Table(
    "sys_import",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("entity", String(63), nullable=False),
    Column("actor_id", BigInteger, comment="who brought it; empty for the engine itself"),
    Column("name", Text, nullable=False, comment="what the file is called"),
    Column("hash", String(64), nullable=False, comment="SHA-256 of the content, its name in the store of imports"),
    Column("size", BigInteger, nullable=False, comment="bytes"),
    Column("header", String(64), nullable=False, comment="SHA-256 of the column titles"),
    Column("options", JSON(none_as_null=True), nullable=False, comment="how the file is read"),
    Column("plan", JSON(none_as_null=True), nullable=False, comment="where its columns go"),
    Column("rows", Integer, nullable=False),
    Column("check", JSON(none_as_null=True), comment="what the last dry run of this plan came to"),
    Column("operation", BigInteger, comment="the sys_operation that runs or ran it"),
    Column("checking", BigInteger, comment="the sys_operation of its dry run"),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "actor_id", "id"),
    Index(None, "entity", "header", "id"),
)

import_recipe = Table(
    "sys_import_recipe",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, nullable=False),
    Column("entity", String(63), nullable=False),
    Column("name", Text, nullable=False),
    Column("plan", JSON(none_as_null=True), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "user_id", "entity"),
)
