"""Where the engine writes down who came in and what they did that a person answers for."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Index, String, Table, Text

from engine.database.system_tables import metadata
from engine.schema.columns import UtcDateTime

audit = Table(
    "sys_audit",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(32), nullable=False, comment="one of engine.access.audit.KINDS"),
    Column("actor_id", BigInteger, comment="the user; empty for somebody unknown and for the engine itself"),
    Column("entity", String(63), comment="of what it was done to"),
    Column("record_id", BigInteger, comment="what it was done to; empty for many or for none"),
    Column("way", String(8), nullable=False, comment="web, api, cli or engine"),
    Column("address", String(64), nullable=False, comment="the network address it came from"),
    Column("user_agent", Text, nullable=False),
    Column("details", JSON(none_as_null=True), nullable=False, comment="name -> text, number or list; never a secret"),
    Index(None, "at", "id"),
    Index("ix_sys_audit_kind", "kind", "at", "id"),
    Index("ix_sys_audit_actor", "actor_id", "at", "id"),
    Index("ix_sys_audit_record", "record_id", "at", "id"),
)
