"""How people come in beside a password: links that open the workspace once."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, String, Table

from engine.database.system_tables import metadata
from engine.schema.columns import UtcDateTime

entry_link = Table(
    "sys_entry_link",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("digest", String(64), nullable=False, comment="SHA-256 of the token in the link"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", BigInteger, comment="empty where the person asked for it"),
    Column("expires_at", UtcDateTime, nullable=False),
    CheckConstraint("purpose IN ('invite', 'reset')", name="purpose"),
    Index(None, "digest", unique=True),
    Index(None, "user_id"),
    Index(None, "expires_at"),
)
